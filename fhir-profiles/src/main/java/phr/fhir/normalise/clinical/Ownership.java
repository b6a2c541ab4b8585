package phr.fhir.normalise.clinical;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.PersonId;
import phr.fhir.catalogue.Catalogue;
import phr.fhir.normalise.clinical.survey.Links;
import phr.fhir.normalise.clinical.survey.Survey;

/** Whose a resource says it is. What says nothing, or says it by a number of an insurance, is of her who sends it (FHIR-R7). */
final class Ownership {

    private final Links links;
    private final boolean alone;
    private final Reference person;

    /** @param alone nobody else is in the file */
    Ownership(Links links, PersonId person, boolean alone) {
        this.links = links;
        this.alone = alone;
        this.person = new Reference("Patient/" + person);
    }

    /** Makes the person its subject; false when it is somebody else's. */
    boolean claim(Resource resource) {
        for (Property property : resource.children()) {
            if (Survey.SUBJECTS.contains(property.getName())
                    && property.getTypeCode().contains("Reference(")
                    && !claim(resource, property)) {
                return false;
            }
        }
        return true;
    }

    private boolean claim(Resource resource, Property property) {
        List<Base> values = property.getValues().stream()
                .filter(value -> value != null && !value.isEmpty())
                .toList();
        boolean about = property.getTypeCode().contains("Patient") && !Catalogue.supporting(resource.fhirType());
        if (values.isEmpty()) {
            if (about && alone) {
                resource.setProperty(property.getName(), person.copy());
            }
            return !about || alone;
        }
        if (!(values.get(0) instanceof Reference named)) {
            return true;
        }
        boolean hers = named.hasReference() ? person.getReference().equals(links.resolve(named.getReference())) : alone;
        if (hers) {
            named.setReference(person.getReference());
            named.setIdentifier(null);
            named.setDisplay(null);
        }
        return hers || !about;
    }
}
