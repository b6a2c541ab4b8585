package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reference parameter that {@code _include} or {@code _revinclude} follows (FHIR R4 search §3.1.1.5.4).
 *
 * @param type that holds the reference
 * @param path of the reference in its JSON, with dots
 * @param target only references to this type; null = any
 */
record Inclusion(String type, String path, @Nullable String target) {

    private static final Map<String, Map<String, String>> PATHS = Map.ofEntries(
            Map.entry(
                    "AllergyIntolerance", Map.of("asserter", "asserter", "patient", "patient", "recorder", "recorder")),
            Map.entry(
                    "CarePlan",
                    Map.of(
                            "care-team",
                            "careTeam",
                            "condition",
                            "addresses",
                            "encounter",
                            "encounter",
                            "goal",
                            "goal",
                            "part-of",
                            "partOf",
                            "patient",
                            "subject",
                            "subject",
                            "subject")),
            Map.entry(
                    "CareTeam",
                    Map.of(
                            "encounter", "encounter",
                            "participant", "participant.member",
                            "patient", "subject",
                            "subject", "subject")),
            Map.entry(
                    "Communication",
                    Map.of(
                            "based-on", "basedOn",
                            "encounter", "encounter",
                            "part-of", "partOf",
                            "patient", "subject",
                            "recipient", "recipient",
                            "sender", "sender",
                            "subject", "subject")),
            Map.entry(
                    "Condition",
                    Map.of(
                            "asserter", "asserter",
                            "encounter", "encounter",
                            "evidence-detail", "evidence.detail",
                            "patient", "subject",
                            "subject", "subject")),
            Map.entry("Coverage", Map.of("beneficiary", "beneficiary", "patient", "beneficiary", "payor", "payor")),
            Map.entry(
                    "DiagnosticReport",
                    Map.of(
                            "based-on",
                            "basedOn",
                            "encounter",
                            "encounter",
                            "media",
                            "media.link",
                            "patient",
                            "subject",
                            "performer",
                            "performer",
                            "result",
                            "result",
                            "results-interpreter",
                            "resultsInterpreter",
                            "specimen",
                            "specimen",
                            "subject",
                            "subject")),
            Map.entry(
                    "DocumentReference",
                    Map.of(
                            "author", "author",
                            "custodian", "custodian",
                            "encounter", "context.encounter",
                            "patient", "subject",
                            "related", "context.related",
                            "relatesto", "relatesTo.target",
                            "subject", "subject")),
            Map.entry(
                    "Encounter",
                    Map.of(
                            "part-of", "partOf",
                            "participant", "participant.individual",
                            "patient", "subject",
                            "service-provider", "serviceProvider",
                            "subject", "subject")),
            Map.entry(
                    "ExplanationOfBenefit",
                    Map.of(
                            "care-team", "careTeam.provider",
                            "claim", "claim",
                            "coverage", "insurance.coverage",
                            "encounter", "item.encounter",
                            "enterer", "enterer",
                            "facility", "facility",
                            "patient", "patient",
                            "payee", "payee.party",
                            "provider", "provider")),
            Map.entry("FamilyMemberHistory", Map.of("patient", "patient")),
            Map.entry(
                    "Flag",
                    Map.of("author", "author", "encounter", "encounter", "patient", "subject", "subject", "subject")),
            Map.entry("Goal", Map.of("patient", "subject", "subject", "subject")),
            Map.entry(
                    "ImagingStudy",
                    Map.of(
                            "basedon",
                            "basedOn",
                            "encounter",
                            "encounter",
                            "interpreter",
                            "interpreter",
                            "patient",
                            "subject",
                            "referrer",
                            "referrer",
                            "subject",
                            "subject")),
            Map.entry(
                    "Immunization",
                    Map.of(
                            "location",
                            "location",
                            "manufacturer",
                            "manufacturer",
                            "patient",
                            "patient",
                            "performer",
                            "performer.actor",
                            "reaction",
                            "reaction.detail",
                            "reason-reference",
                            "reasonReference")),
            Map.entry(
                    "Media",
                    Map.of(
                            "based-on",
                            "basedOn",
                            "device",
                            "device",
                            "encounter",
                            "encounter",
                            "operator",
                            "operator",
                            "patient",
                            "subject",
                            "subject",
                            "subject")),
            Map.entry(
                    "MedicationAdministration",
                    Map.of(
                            "context",
                            "context",
                            "device",
                            "device",
                            "medication",
                            "medicationReference",
                            "patient",
                            "subject",
                            "performer",
                            "performer.actor",
                            "request",
                            "request",
                            "subject",
                            "subject")),
            Map.entry(
                    "MedicationDispense",
                    Map.of(
                            "context", "context",
                            "destination", "destination",
                            "medication", "medicationReference",
                            "patient", "subject",
                            "performer", "performer.actor",
                            "prescription", "authorizingPrescription",
                            "receiver", "receiver",
                            "subject", "subject")),
            Map.entry(
                    "MedicationRequest",
                    Map.of(
                            "encounter",
                            "encounter",
                            "intended-dispenser",
                            "dispenseRequest.performer",
                            "intended-performer",
                            "performer",
                            "medication",
                            "medicationReference",
                            "patient",
                            "subject",
                            "requester",
                            "requester",
                            "subject",
                            "subject")),
            Map.entry(
                    "MedicationStatement",
                    Map.of(
                            "context", "context",
                            "medication", "medicationReference",
                            "part-of", "partOf",
                            "patient", "subject",
                            "source", "informationSource",
                            "subject", "subject")),
            Map.entry(
                    "Observation",
                    Map.of(
                            "based-on", "basedOn",
                            "derived-from", "derivedFrom",
                            "device", "device",
                            "encounter", "encounter",
                            "has-member", "hasMember",
                            "part-of", "partOf",
                            "patient", "subject",
                            "performer", "performer",
                            "specimen", "specimen",
                            "subject", "subject")),
            Map.entry(
                    "Procedure",
                    Map.of(
                            "based-on",
                            "basedOn",
                            "encounter",
                            "encounter",
                            "location",
                            "location",
                            "part-of",
                            "partOf",
                            "patient",
                            "subject",
                            "performer",
                            "performer.actor",
                            "reason-reference",
                            "reasonReference",
                            "subject",
                            "subject")),
            Map.entry(
                    "Provenance",
                    Map.of("agent", "agent.who", "entity", "entity.what", "patient", "target", "target", "target")),
            Map.entry(
                    "Specimen",
                    Map.of(
                            "collector",
                            "collection.collector",
                            "parent",
                            "parent",
                            "patient",
                            "subject",
                            "subject",
                            "subject")));

    /** {@code Type:parameter} or {@code Type:parameter:Target}; empty when it is not known. */
    static Optional<Inclusion> parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return Optional.empty();
        }
        String path = PATHS.getOrDefault(parts[0], Map.of()).get(parts[1]);
        boolean target = parts.length == 2 || parts[2].matches("[A-Z][A-Za-z]{2,39}");
        return path == null || !target
                ? Optional.empty()
                : Optional.of(new Inclusion(parts[0], path, parts.length == 3 ? parts[2] : null));
    }

    /** What can be said, as the CapabilityStatement lists it. */
    static Set<String> known(String type) {
        return PATHS.getOrDefault(type, Map.of()).keySet().stream()
                .map(parameter -> type + ":" + parameter)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Types whose references are known. */
    static Set<String> types() {
        return new TreeSet<>(PATHS.keySet());
    }

    /** The references {@code Type/id} that a resource of the type holds there. */
    void follow(JsonNode resource, Consumer<String> references) {
        follow(resource, path.split("\\."), 0, references);
    }

    private void follow(JsonNode node, String[] steps, int depth, Consumer<String> references) {
        if (node.isArray()) {
            node.forEach(element -> follow(element, steps, depth, references));
        } else if (depth < steps.length) {
            JsonNode next = node.get(steps[depth]);
            if (next != null) {
                follow(next, steps, depth + 1, references);
            }
        } else if (node.path("reference").isTextual()) {
            String reference = node.get("reference").textValue();
            int history = reference.indexOf("/_history/");
            String plain = history < 0 ? reference : reference.substring(0, history);
            if (target == null || plain.startsWith(target + "/")) {
                references.accept(plain);
            }
        }
    }
}
