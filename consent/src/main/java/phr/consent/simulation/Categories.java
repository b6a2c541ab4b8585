package phr.consent.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.facts.PhrCategory;

/** Categories of a resource of any origin by type, HL7 category, code and tag (consent-semantics.md §8). */
final class Categories {

    private static final String SYSTEM = Fhir.CANONICAL + "/CodeSystem/phr-category";

    private static final Set<String> SUPPORTING = Set.of(
            "Organization",
            "Practitioner",
            "PractitionerRole",
            "Location",
            "Device",
            "Medication",
            "Substance",
            "Provenance");

    private static final Map<String, PhrCategory> BY_TYPE = Map.ofEntries(
            Map.entry("Patient", PhrCategory.DEMOGRAPHICS),
            Map.entry("RelatedPerson", PhrCategory.DEMOGRAPHICS),
            Map.entry("Coverage", PhrCategory.COVERAGE),
            Map.entry("Immunization", PhrCategory.IMMUNIZATION),
            Map.entry("MedicationRequest", PhrCategory.MEDICATION),
            Map.entry("MedicationDispense", PhrCategory.MEDICATION),
            Map.entry("MedicationAdministration", PhrCategory.MEDICATION),
            Map.entry("AllergyIntolerance", PhrCategory.ALLERGY),
            Map.entry("AdverseEvent", PhrCategory.ALLERGY),
            Map.entry("Condition", PhrCategory.PROBLEM),
            Map.entry("Specimen", PhrCategory.LAB),
            Map.entry("ImagingStudy", PhrCategory.IMAGING),
            Map.entry("Media", PhrCategory.IMAGING),
            Map.entry("Procedure", PhrCategory.PROCEDURE),
            Map.entry("Encounter", PhrCategory.ENCOUNTER),
            Map.entry("EpisodeOfCare", PhrCategory.ENCOUNTER),
            Map.entry("Composition", PhrCategory.CLINICAL_DOCUMENT),
            Map.entry("DocumentReference", PhrCategory.CLINICAL_DOCUMENT),
            Map.entry("FamilyMemberHistory", PhrCategory.FAMILY_HISTORY),
            Map.entry("QuestionnaireResponse", PhrCategory.QUESTIONNAIRE),
            Map.entry("ExplanationOfBenefit", PhrCategory.CLAIMS),
            Map.entry("Claim", PhrCategory.CLAIMS),
            Map.entry("ClaimResponse", PhrCategory.CLAIMS),
            Map.entry("Account", PhrCategory.CLAIMS),
            Map.entry("Binary", PhrCategory.RAW_FILE),
            Map.entry("Consent", PhrCategory.CONSENT_RECORD),
            Map.entry("AuditEvent", PhrCategory.CONSENT_RECORD));

    private static final Map<String, PhrCategory> BY_HL7 = Map.of(
            "laboratory", PhrCategory.LAB,
            "imaging", PhrCategory.IMAGING,
            "procedure", PhrCategory.PROCEDURE,
            "survey", PhrCategory.QUESTIONNAIRE,
            "vital-signs", PhrCategory.LIFELOG_VITALS,
            "activity", PhrCategory.LIFELOG_ACTIVITY);

    private static final Map<String, PhrCategory> BY_LOINC = Map.ofEntries(
            Map.entry("55423-8", PhrCategory.LIFELOG_ACTIVITY),
            Map.entry("41950-7", PhrCategory.LIFELOG_ACTIVITY),
            Map.entry("8867-4", PhrCategory.LIFELOG_VITALS),
            Map.entry("85354-9", PhrCategory.LIFELOG_VITALS),
            Map.entry("8480-6", PhrCategory.LIFELOG_VITALS),
            Map.entry("8462-4", PhrCategory.LIFELOG_VITALS),
            Map.entry("8310-5", PhrCategory.LIFELOG_VITALS),
            Map.entry("59408-5", PhrCategory.LIFELOG_VITALS),
            Map.entry("29463-7", PhrCategory.LIFELOG_BODY),
            Map.entry("8302-2", PhrCategory.LIFELOG_BODY),
            Map.entry("39156-5", PhrCategory.LIFELOG_BODY),
            Map.entry("2339-0", PhrCategory.LIFELOG_GLUCOSE),
            Map.entry("15074-8", PhrCategory.LIFELOG_GLUCOSE),
            Map.entry("93832-4", PhrCategory.LIFELOG_SLEEP));

    private Categories() {}

    /** Empty = unknown; null = a supporting type without categories of its own. */
    static @Nullable Set<PhrCategory> of(Resource resource) {
        Set<PhrCategory> found = EnumSet.noneOf(PhrCategory.class);
        tagged(resource, found);
        if (found.isEmpty() && SUPPORTING.contains(resource.fhirType())) {
            return null;
        }
        PhrCategory byType = BY_TYPE.get(resource.fhirType());
        if (byType != null) {
            found.add(byType);
        }
        if (resource instanceof Observation observation) {
            observation(observation, found);
        } else if (resource instanceof DiagnosticReport report) {
            boolean images = codings(report.getCategory()).stream().anyMatch(coding -> "RAD".equals(coding.getCode()));
            found.add(images ? PhrCategory.IMAGING : PhrCategory.LAB);
        } else if (resource instanceof MedicationStatement statement) {
            String source = String.valueOf(statement.getInformationSource().getReference());
            found.add(source.startsWith("Patient/") ? PhrCategory.MEDICATION_SELF : PhrCategory.MEDICATION);
        }
        return found;
    }

    private static void tagged(Resource resource, Set<PhrCategory> found) {
        for (Coding tag : resource.getMeta().getTag()) {
            for (PhrCategory category : PhrCategory.values()) {
                if (SYSTEM.equals(tag.getSystem()) && category.code().equals(tag.getCode())) {
                    found.add(category);
                }
            }
        }
    }

    /** The code says more than the HL7 category. */
    private static void observation(Observation observation, Set<PhrCategory> found) {
        boolean byCode = false;
        for (Coding coding : observation.getCode().getCoding()) {
            PhrCategory category =
                    "http://loinc.org".equals(coding.getSystem()) ? BY_LOINC.get(coding.getCode()) : null;
            if (category != null) {
                found.add(category);
                byCode = true;
            }
        }
        for (Coding coding : codings(observation.getCategory())) {
            PhrCategory category = BY_HL7.get(String.valueOf(coding.getCode()));
            if (category != null && !(byCode && category.code().startsWith("lifelog"))) {
                found.add(category);
            }
        }
    }

    private static List<Coding> codings(List<CodeableConcept> concepts) {
        return concepts.stream()
                .flatMap(concept -> concept.getCoding().stream())
                .toList();
    }
}
