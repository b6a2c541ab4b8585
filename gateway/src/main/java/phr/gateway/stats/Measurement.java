package phr.gateway.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.gateway.record.choice.Contest;
import phr.gateway.stats.StatsQuery.Asked;

/**
 * One value of an Observation or of a component.
 *
 * @param group to which it belongs
 * @param contest in which one of several sources is believed; null when all count
 * @param total of something that samples tell in detail
 */
record Measurement(Group group, BigDecimal value, @Nullable Contest contest, boolean total) {

    private static final Set<String> VOID = Set.of("entered-in-error", "cancelled");
    private static final String AGGREGATE = Fhir.CANONICAL + "/StructureDefinition/aggregate";
    private static final List<String> UNIT = List.of("unit", "system", "code");

    /**
     * Values that are computed with together.
     *
     * @param code which of those asked for
     */
    record Group(int code, Unit unit) {}

    /**
     * Values of different units are never mixed; a coded one is the same whatever its text.
     *
     * @param key code with its system, else the text
     * @param json what stands in the quantity behind its value
     */
    record Unit(String key, String json) {

        static Unit of(JsonNode quantity) {
            StringBuilder json = new StringBuilder();
            for (String part : UNIT) {
                if (quantity.has(part)) {
                    json.append(",\"").append(part).append("\":").append(quantity.get(part));
                }
            }
            String code = quantity.path("code").asText();
            String key =
                    code.isEmpty() ? json.toString() : quantity.path("system").asText() + "|" + code;
            return new Unit(key, json.toString());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Unit unit && unit.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    static List<Measurement> of(JsonNode observation, List<Asked> codes) {
        List<Measurement> found = new ArrayList<>();
        if (VOID.contains(observation.path("status").asText())) {
            return found;
        }
        @Nullable Contest own = Contest.of(observation).orElse(null);
        boolean night = own != null && own.span() == Contest.Span.NIGHT;
        for (int code = 0; code < codes.size(); code++) {
            read(observation, codes.get(code).tokens(), code, own, !night && aggregate(observation), found);
            for (JsonNode component : observation.path("component")) {
                // The stages of a night belong to it; the steps of an exercise are counted as samples too.
                @Nullable
                Contest contest = night
                        ? own
                        : Contest.of(component.path("code"), component.path("valueQuantity"))
                                .orElse(null);
                read(component, codes.get(code).tokens(), code, contest, !night, found);
            }
        }
        return found;
    }

    private static boolean aggregate(JsonNode observation) {
        for (JsonNode extension : observation.path("extension")) {
            if (extension.path("url").asText().equals(AGGREGATE)) {
                return true;
            }
        }
        return false;
    }

    private static void read(
            JsonNode owner,
            List<String> tokens,
            int number,
            @Nullable Contest contest,
            boolean total,
            List<Measurement> found) {
        JsonNode quantity = owner.path("valueQuantity");
        if (tokens.stream().anyMatch(token -> hasCode(owner, token))
                && quantity.path("value").isNumber()
                && !quantity.has("comparator")) {
            found.add(new Measurement(
                    new Group(number, Unit.of(quantity)), quantity.get("value").decimalValue(), contest, total));
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
