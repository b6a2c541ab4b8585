package phr.gateway.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One value of an Observation or of a component.
 *
 * @param unit as quantity without its value; values of different units are never mixed
 */
record Measurement(BigDecimal value, ObjectNode unit) {

    private static final Set<String> VOID = Set.of("entered-in-error", "cancelled");

    /** @param code {@code system|code}, or {@code code} of any system */
    static void of(JsonNode observation, String code, Consumer<Measurement> values) {
        if (VOID.contains(observation.path("status").asText())) {
            return;
        }
        if (hasCode(observation, code)) {
            read(observation, values);
        }
        observation.path("component").forEach(component -> {
            if (hasCode(component, code)) {
                read(component, values);
            }
        });
    }

    private static void read(JsonNode owner, Consumer<Measurement> values) {
        JsonNode quantity = owner.path("valueQuantity");
        if (quantity.path("value").isNumber() && !quantity.has("comparator")) {
            ObjectNode unit = ((ObjectNode) quantity).deepCopy();
            unit.retain(Set.of("unit", "system", "code"));
            values.accept(new Measurement(quantity.get("value").decimalValue(), unit));
        }
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
