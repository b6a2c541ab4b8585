package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which Observations she has, which of them the permit leaves out, and which the clinic sees, by id.
 *
 * @param steps of category activity, which the permit does not name
 * @param restricted labelled above N (v3 Confidentiality), or not labelled yet, which counts as above
 */
record Sight(Set<String> hers, Set<String> steps, Set<String> restricted, Set<String> seen) {

    private static final Set<String> UP_TO_NORMAL = Set.of("U", "L", "M", "N");

    static Sight of(JsonNode hers, JsonNode shown) {
        Sight sight = new Sight(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (JsonNode observation : hers) {
            String id = observation.path("id").asText();
            sight.hers.add(id);
            if (codes(observation.path("category").findPath("coding")).contains("activity")) {
                sight.steps.add(id);
            } else if (codes(observation.path("meta").path("security")).stream().noneMatch(UP_TO_NORMAL::contains)) {
                sight.restricted.add(id);
            }
        }
        shown.forEach(observation -> sight.seen.add(observation.path("id").asText()));
        return sight;
    }

    /** Whether the clinic sees all that the permit covers, and nothing else. */
    boolean exact() {
        Set<String> granted = new TreeSet<>(hers);
        granted.removeAll(steps);
        granted.removeAll(restricted);
        return granted.equals(seen);
    }

    ObjectNode document() {
        ObjectNode document = Answer.JSON.createObjectNode();
        document.put("hers", hers.size());
        document.put("steps", steps.size());
        document.put("restricted", restricted.size());
        document.put("seen", seen.size());
        document.put("exactlyTheGranted", exact());
        return document;
    }

    private static Set<String> codes(JsonNode codings) {
        Set<String> codes = new TreeSet<>();
        codings.forEach(coding -> codes.add(coding.path("code").asText()));
        return codes;
    }
}
