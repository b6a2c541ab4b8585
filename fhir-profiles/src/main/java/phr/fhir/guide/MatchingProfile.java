package phr.fhir.guide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupSystem;

/** Which profile of the guide a resource is held to. It follows from what the resource is, not from what it declares. */
public final class MatchingProfile {

    private static final String OWN = Fhir.CANONICAL + "/StructureDefinition/";

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("AllergyIntolerance", "phr-allergy"),
            Map.entry("AuditEvent", "phr-audit-event"),
            Map.entry("Composition", "phr-composition"),
            Map.entry("Condition", "phr-condition"),
            Map.entry("Consent", "phr-consent"),
            Map.entry("Coverage", "phr-coverage"),
            Map.entry("Device", "phr-device"),
            Map.entry("DiagnosticReport", "phr-diagnostic-report"),
            Map.entry("Immunization", "phr-immunization"),
            Map.entry("MedicationDispense", "phr-medication-dispense"),
            Map.entry("MedicationStatement", "phr-medication-statement"),
            Map.entry("Organization", "phr-organization"),
            Map.entry("Patient", "phr-patient"),
            Map.entry("Practitioner", "phr-practitioner"),
            Map.entry("Provenance", "phr-provenance"),
            Map.entry("Subscription", "phr-subscription"));

    private MatchingProfile() {}

    /** Canonical address; empty for what is kept as received and held to base R4 alone. */
    public static Optional<String> of(JsonNode resource) {
        String type = resource.path("resourceType").asText();
        Optional<String> id =
                switch (type) {
                    case "Observation" -> observation(resource);
                    case "DocumentReference" -> original(resource);
                    case "Encounter" -> encounter(resource);
                    default -> Optional.ofNullable(BY_TYPE.get(type));
                };
        return id.map(OWN::concat);
    }

    private static Optional<String> observation(JsonNode observation) {
        JsonNode code = observation.path("code");
        if (coded(code, CheckupSystem.ITEM.url())) {
            return Optional.of("phr-checkup-observation");
        }
        if (coded(code, CheckupSystem.GROUP.url()) || coded(code, CheckupSystem.OWN_GROUP.url())) {
            return Optional.of("phr-checkup-group");
        }
        if (!coded(code, Metrics.PGHD) && !coded(code, Metrics.OWN)) {
            return Optional.empty();
        }
        if (extended(observation, "slot-method")) {
            return Optional.of("phr-lifelog-sampled");
        }
        boolean statistics = extended(observation, "aggregate") && observation.has("component");
        return Optional.of(statistics ? "phr-lifelog-summary" : "phr-lifelog-observation");
    }

    /** A description whose file is kept here; others are documents as received. */
    private static Optional<String> original(JsonNode document) {
        boolean kept = any(
                document.path("content"),
                content -> content.at("/attachment/url").asText().startsWith("Binary/"));
        return kept ? Optional.of("phr-original") : Optional.empty();
    }

    private static Optional<String> encounter(JsonNode encounter) {
        boolean checkup = encounter.at("/class/system").asText().equals(CheckupSystem.ENCOUNTER_CLASS.url());
        return checkup ? Optional.of("phr-checkup-encounter") : Optional.empty();
    }

    private static boolean coded(JsonNode concept, String system) {
        return any(
                concept.path("coding"),
                coding -> system.equals(coding.path("system").asText()));
    }

    private static boolean extended(JsonNode resource, String name) {
        return any(
                resource.path("extension"),
                extension -> extension.path("url").asText().equals(OWN + name));
    }

    private static boolean any(JsonNode list, Predicate<JsonNode> test) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(test);
    }
}
