package phr.gateway.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One value of an Observation or of a component.
 *
 * @param group to which it belongs
 */
record Measurement(Group group, BigDecimal value) {

    private static final Set<String> VOID = Set.of("entered-in-error", "cancelled");
    private static final List<String> UNIT = List.of("unit", "system", "code");

    /**
     * Values that are computed with together.
     *
     * @param code which of those asked for
     * @param unit what stands in the quantity behind its value, as JSON; values of different units are never mixed
     */
    record Group(int code, String unit) {}

    /** @param codes {@code system|code}, or {@code code} of any system */
    static List<Measurement> of(JsonNode observation, List<String> codes) {
        List<Measurement> found = new ArrayList<>();
        if (VOID.contains(observation.path("status").asText())) {
            return found;
        }
        for (int code = 0; code < codes.size(); code++) {
            read(observation, codes.get(code), code, found);
            for (JsonNode component : observation.path("component")) {
                read(component, codes.get(code), code, found);
            }
        }
        return found;
    }

    private static void read(JsonNode owner, String code, int number, List<Measurement> found) {
        JsonNode quantity = owner.path("valueQuantity");
        if (hasCode(owner, code) && quantity.path("value").isNumber() && !quantity.has("comparator")) {
            found.add(new Measurement(
                    new Group(number, unit(quantity)), quantity.get("value").decimalValue()));
        }
    }

    private static String unit(JsonNode quantity) {
        StringBuilder unit = new StringBuilder();
        for (String part : UNIT) {
            if (quantity.has(part)) {
                unit.append(",\"").append(part).append("\":").append(quantity.get(part));
            }
        }
        return unit.toString();
    }

    private static boolean hasCode(JsonNode owner, String code) {
        int bar = code.indexOf('|');
        for (JsonNode coding : owner.path("code").path("coding")) {
            boolean system = bar < 0 || coding.path("system").asText().equals(code.substring(0, bar));
            if (system && coding.path("code").asText().equals(code.substring(bar + 1))) {
                return true;
            }
        }
        return false;
    }
}
