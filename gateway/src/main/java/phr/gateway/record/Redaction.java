package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phr.consent.Obligation;

/**
 * Takes elements out of a resource and says so in its {@code meta} (consent-semantics.md §16.2, REDACT).
 *
 * <p>Of a Patient without demographics (§4.2) elements are kept by name, not removed by name, so extensions, identifiers and
 * narrative cannot give away what the elements hide; the year of birth stays.
 */
final class Redaction {

    private static final String OBSERVATION_VALUE = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    private static final String CHOICE = "[x]";
    private static final Set<String> KEPT = Set.of(
            "resourceType", "id", "meta", "active", "gender", "birthDate", "deceasedBoolean", "deceasedDateTime");

    private Redaction() {}

    /**
     * @param paths {@code Type.element}; those of other types are none of this resource
     * @return whether the resource is redacted
     */
    static boolean of(ObjectNode resource, Set<String> paths) {
        boolean patient = resource.path("resourceType").asText().equals("Patient");
        boolean demographics = patient && paths.containsAll(Obligation.REDACT_DEMOGRAPHICS.paths());
        if (demographics) {
            keepSexAndYear(resource);
        }
        boolean removed = demographics;
        for (String path : paths) {
            String[] steps = path.split("\\.");
            if (!demographics && steps[0].equals(resource.path("resourceType").asText())) {
                remove(resource, steps, 1);
                removed = true;
            }
        }
        if (removed) {
            tag(resource);
        }
        return removed;
    }

    private static void keepSexAndYear(ObjectNode patient) {
        patient.retain(KEPT);
        JsonNode birthDate = patient.get("birthDate");
        if (birthDate != null && birthDate.asText().length() >= 4) {
            patient.put("birthDate", birthDate.asText().substring(0, 4));
        }
    }

    private static void remove(JsonNode node, String[] steps, int depth) {
        if (node.isArray()) {
            node.forEach(element -> remove(element, steps, depth));
        } else if (node instanceof ObjectNode object) {
            for (String name : named(object, steps[depth])) {
                if (depth + 1 == steps.length) {
                    object.remove(List.of(name, "_" + name));
                } else {
                    remove(object.get(name), steps, depth + 1);
                }
            }
        }
    }

    /** The properties of an element; of a choice all its types. */
    private static List<String> named(ObjectNode object, String step) {
        String stem = step.endsWith(CHOICE) ? step.substring(0, step.length() - CHOICE.length()) : null;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(field -> {
            String name = field.startsWith("_") ? field.substring(1) : field;
            boolean chosen = stem != null
                    && name.startsWith(stem)
                    && name.length() > stem.length()
                    && Character.isUpperCase(name.charAt(stem.length()));
            if ((chosen || name.equals(step)) && object.has(name)) {
                names.add(name);
            }
        });
        return names;
    }

    private static void tag(ObjectNode resource) {
        ObjectNode meta = resource.withObject("/meta");
        meta.withArray("security").addObject().put("system", OBSERVATION_VALUE).put("code", "REDACTED");
        meta.withArray("tag").addObject().put("system", OBSERVATION_VALUE).put("code", "SUBSETTED");
    }
}
