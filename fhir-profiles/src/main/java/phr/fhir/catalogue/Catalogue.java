package phr.fhir.catalogue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.lifelog.LifelogCategories;

/**
 * The category catalogue (区分) for a resource of any origin: what its type, its HL7 category and its code say, and the tags of the
 * category system that it carries (consent-semantics.md §8). Categories that depend on how sensitive a code is come from the
 * label tables, see {@link FactsReader}.
 */
public final class Catalogue {

    /** System of the category codes. */
    public static final String SYSTEM = Fhir.CANONICAL + "/CodeSystem/phr-category";

    private static final String HL7_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String JP_CATEGORY = "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS";

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
            Map.entry("Flag", PhrCategory.PROBLEM),
            Map.entry("Specimen", PhrCategory.LAB),
            Map.entry("ImagingStudy", PhrCategory.IMAGING),
            Map.entry("Media", PhrCategory.IMAGING),
            Map.entry("Procedure", PhrCategory.PROCEDURE),
            Map.entry("Encounter", PhrCategory.ENCOUNTER),
            Map.entry("EpisodeOfCare", PhrCategory.ENCOUNTER),
            Map.entry("CareTeam", PhrCategory.ENCOUNTER),
            Map.entry("Composition", PhrCategory.CLINICAL_DOCUMENT),
            Map.entry("CarePlan", PhrCategory.DISABILITY_CARE),
            Map.entry("Goal", PhrCategory.DISABILITY_CARE),
            Map.entry("FamilyMemberHistory", PhrCategory.FAMILY_HISTORY),
            Map.entry("QuestionnaireResponse", PhrCategory.QUESTIONNAIRE),
            Map.entry("ExplanationOfBenefit", PhrCategory.CLAIMS),
            Map.entry("Claim", PhrCategory.CLAIMS),
            Map.entry("ClaimResponse", PhrCategory.CLAIMS),
            Map.entry("Account", PhrCategory.CLAIMS),
            Map.entry("Binary", PhrCategory.RAW_FILE),
            Map.entry("Consent", PhrCategory.CONSENT_RECORD),
            Map.entry("AuditEvent", PhrCategory.CONSENT_RECORD));

    private Catalogue() {}

    /** Without clinical content of its own, so that it falls in no category (consent-semantics.md §4.2). */
    public static boolean supporting(String type) {
        return SUPPORTING.contains(type);
    }

    /** Empty = unknown; null = a supporting type without categories of its own. */
    public static @Nullable Set<PhrCategory> categories(Resource resource) {
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
            found.add(images(report) ? PhrCategory.IMAGING : PhrCategory.LAB);
        } else if (resource instanceof MedicationStatement statement) {
            found.add(
                    personal(statement.getInformationSource()) ? PhrCategory.MEDICATION_SELF : PhrCategory.MEDICATION);
        } else if (resource instanceof Communication communication) {
            addIf(personal(communication.getSender()), PhrCategory.PATIENT_NOTE, found);
        } else if (resource instanceof DocumentReference document) {
            document(document, found);
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
        PhrCategory byCode = LifelogCategories.of(observation.getCode());
        if (byCode != null) {
            found.add(byCode);
        }
        codings(observation.getCategory())
                .filter(coding -> HL7_CATEGORY.equals(coding.getSystem()) || JP_CATEGORY.equals(coding.getSystem()))
                .forEach(coding -> hl7(String.valueOf(coding.getCode()), byCode == null, found));
    }

    private static void hl7(String code, boolean alone, Set<PhrCategory> found) {
        switch (code) {
            case "laboratory" -> found.add(PhrCategory.LAB);
            case "imaging" -> found.add(PhrCategory.IMAGING);
            case "procedure" -> found.add(PhrCategory.PROCEDURE);
            case "survey" -> found.add(PhrCategory.QUESTIONNAIRE);
            case "vital-signs" -> addIf(alone, PhrCategory.LIFELOG_VITALS, found);
            case "activity" -> addIf(alone, PhrCategory.LIFELOG_ACTIVITY, found);
            case "body-measurement" -> addIf(alone, PhrCategory.LIFELOG_BODY, found);
            default -> {
                // Social history, examination, therapy: the catalogue has no row for them.
            }
        }
    }

    private static void addIf(boolean condition, PhrCategory category, Set<PhrCategory> found) {
        if (condition) {
            found.add(category);
        }
    }

    private static boolean images(DiagnosticReport report) {
        return codings(report.getCategory()).anyMatch(coding -> "RAD".equals(coding.getCode()))
                || (report.hasImagingStudy() && !report.hasResult());
    }

    /** Said by the person or her family. */
    private static boolean personal(Reference who) {
        String reference = who.getReference();
        return reference != null && (reference.contains("Patient/") || reference.contains("RelatedPerson/"));
    }

    /** A checkup report by its report category, anything else a document. */
    private static void document(DocumentReference document, Set<PhrCategory> found) {
        boolean report = false;
        for (Coding coding : document.getType().getCoding()) {
            if (CheckupOid.REPORT_CATEGORY.urn().equals(coding.getSystem())) {
                ReportCategory.find(coding.getCode()).ifPresent(category -> found.add(category.category()));
                report = true;
            }
        }
        if (!report || found.isEmpty()) {
            addIf(!found.contains(PhrCategory.RAW_FILE), PhrCategory.CLINICAL_DOCUMENT, found);
        } else {
            found.add(PhrCategory.RAW_FILE);
        }
    }

    private static Stream<Coding> codings(List<CodeableConcept> concepts) {
        return concepts.stream().flatMap(concept -> concept.getCoding().stream());
    }
}
