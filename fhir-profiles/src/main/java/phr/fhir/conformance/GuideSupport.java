package phr.fhir.conformance;

import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import phr.fhir.Fhir;
import phr.fhir.guide.Artefact;
import phr.fhir.guide.Guide;

/** The project's guide in memory. */
final class GuideSupport extends PrePopulatedValidationSupport {

    private static final Set<String> TYPES = Set.of("StructureDefinition", "CodeSystem", "ValueSet");

    GuideSupport(FhirContext context) {
        super(context);
        for (Artefact artefact : Guide.artefacts()) {
            if (TYPES.contains(artefact.type())) {
                addResource(Fhir.json().parseResource(artefact.toString()));
            }
        }
    }
}
