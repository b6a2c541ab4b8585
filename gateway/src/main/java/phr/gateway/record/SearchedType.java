package phr.gateway.record;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types that can be searched, with their parameters. All are searched within the record of one person. */
enum SearchedType {
    ALLERGY_INTOLERANCE(
            "AllergyIntolerance",
            Set.of("patient"),
            "date",
            "onset, else last occurrence, else when it was recorded",
            "category",
            "clinical-status",
            "code",
            "criticality",
            "identifier",
            "type",
            "verification-status"),
    CARE_PLAN(
            "CarePlan",
            Set.of("patient", "subject"),
            "date",
            "period of the plan, else its creation",
            "activity-code",
            "category",
            "identifier",
            "intent",
            "status"),
    CARE_TEAM(
            "CareTeam", Set.of("patient", "subject"), "date", "period of the team", "category", "identifier", "status"),
    COMMUNICATION(
            "Communication",
            Set.of("patient", "subject"),
            "sent",
            "when it was sent",
            "category",
            "identifier",
            "medium",
            "status"),
    CONDITION(
            "Condition",
            Set.of("patient", "subject"),
            "onset-date",
            "onset to abatement, else when it was recorded",
            "category",
            "clinical-status",
            "code",
            "identifier",
            "severity",
            "verification-status"),
    COVERAGE("Coverage", Set.of("patient", "beneficiary"), null, null, "identifier", "status", "type"),
    DIAGNOSTIC_REPORT(
            "DiagnosticReport",
            Set.of("patient", "subject"),
            "date",
            "clinical date of the report",
            "category",
            "code",
            "conclusion",
            "identifier",
            "status"),
    DOCUMENT_REFERENCE(
            "DocumentReference",
            Set.of("patient", "subject"),
            "date",
            "period the document is about, else its date",
            "category",
            "contenttype",
            "format",
            "identifier",
            "status",
            "type"),
    ENCOUNTER(
            "Encounter",
            Set.of("patient", "subject"),
            "date",
            "period of the encounter",
            "class",
            "identifier",
            "status",
            "type"),
    EXPLANATION_OF_BENEFIT(
            "ExplanationOfBenefit",
            Set.of("patient"),
            "created",
            "period that is billed, else when it was made",
            "identifier",
            "status"),
    FAMILY_MEMBER_HISTORY(
            "FamilyMemberHistory",
            Set.of("patient"),
            "date",
            "when the history was taken",
            "code",
            "identifier",
            "relationship",
            "sex",
            "status"),
    FLAG("Flag", Set.of("patient", "subject"), "date", "period of the flag", "identifier"),
    GOAL(
            "Goal",
            Set.of("patient", "subject"),
            "start-date",
            "start to the last target, else the date of its status",
            "achievement-status",
            "category",
            "identifier",
            "lifecycle-status"),
    IMAGING_STUDY(
            "ImagingStudy",
            Set.of("patient", "subject"),
            "started",
            "when the study was started",
            "bodysite",
            "identifier",
            "modality",
            "reason",
            "status"),
    IMMUNIZATION(
            "Immunization",
            Set.of("patient"),
            "date",
            "when it was given, else recorded",
            "identifier",
            "reason-code",
            "status",
            "status-reason",
            "target-disease",
            "vaccine-code"),
    MEDIA(
            "Media",
            Set.of("patient", "subject"),
            "created",
            "when it was made, else issued",
            "identifier",
            "modality",
            "site",
            "status",
            "type",
            "view"),
    MEDICATION_ADMINISTRATION(
            "MedicationAdministration",
            Set.of("patient", "subject"),
            "effective-time",
            "when it was given",
            "code",
            "identifier",
            "reason-given",
            "reason-not-given",
            "status"),
    MEDICATION_DISPENSE(
            "MedicationDispense",
            Set.of("patient", "subject"),
            "whenhandedover",
            "when it was handed over, else prepared",
            "code",
            "identifier",
            "status",
            "type"),
    MEDICATION_REQUEST(
            "MedicationRequest",
            Set.of("patient", "subject"),
            "authoredon",
            "when it was prescribed",
            "category",
            "code",
            "identifier",
            "intended-performertype",
            "intent",
            "priority",
            "status"),
    MEDICATION_STATEMENT(
            "MedicationStatement",
            Set.of("patient", "subject"),
            "effective",
            "when it was taken, else asserted",
            "category",
            "code",
            "identifier",
            "status"),
    OBSERVATION(
            "Observation",
            Set.of("patient", "subject"),
            "date",
            "clinical date of the observation",
            "category",
            "code",
            "combo-code",
            "component-code",
            "data-absent-reason",
            "identifier",
            "method",
            "status",
            "value-concept"),
    PROCEDURE(
            "Procedure",
            Set.of("patient", "subject"),
            "date",
            "when it was performed",
            "category",
            "code",
            "identifier",
            "reason-code",
            "status"),
    PROVENANCE("Provenance", Set.of("patient"), null, null),
    SPECIMEN(
            "Specimen",
            Set.of("patient", "subject"),
            "collected",
            "when it was taken, else received",
            "accession",
            "bodysite",
            "identifier",
            "status",
            "type");

    /** The types of the endpoint's path. */
    static final String PATHS = "AllergyIntolerance|CarePlan|CareTeam|Communication|Condition|Coverage|DiagnosticReport"
            + "|DocumentReference|Encounter|ExplanationOfBenefit|FamilyMemberHistory|Flag|Goal|ImagingStudy|Immunization|Media"
            + "|MedicationAdministration|MedicationDispense|MedicationRequest|MedicationStatement"
            + "|Observation|Procedure|Provenance|Specimen";

    private final String type;
    private final Set<String> people;
    private final @Nullable String date;
    private final @Nullable String dateMeaning;
    private final Set<String> tokens;

    SearchedType(
            String type, Set<String> people, @Nullable String date, @Nullable String dateMeaning, String... tokens) {
        this.type = type;
        this.people = Set.copyOf(people);
        this.date = date;
        this.dateMeaning = dateMeaning;
        this.tokens = Set.of(tokens);
    }

    /** FHIR name of the type. */
    String type() {
        return type;
    }

    /** Names of the parameters that say whose record; exactly one is required. */
    Set<String> people() {
        return new TreeSet<>(people);
    }

    /** Name of the parameter that compares the data time (consent-semantics.md §5.2); null when it has none. */
    @Nullable
    String date() {
        return date;
    }

    /** What that parameter compares; null when the type has none. */
    @Nullable
    String dateMeaning() {
        return dateMeaning;
    }

    /** Name of the parameter that compares its value; null when it has none. */
    @Nullable
    String quantity() {
        return this == OBSERVATION ? "value-quantity" : null;
    }

    /** Names of the parameters that a value set of the guide may stand for, with the modifier {@code :in}. */
    Set<String> coded() {
        return this == OBSERVATION ? Set.of("code:in", "combo-code:in", "component-code:in") : Set.of();
    }

    /** Names of its token parameters. */
    Set<String> tokens() {
        return tokens;
    }

    static Optional<SearchedType> of(String type) {
        return Stream.of(values()).filter(known -> known.type.equals(type)).findFirst();
    }
}
