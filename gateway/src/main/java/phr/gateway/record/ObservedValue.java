package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of an Observation as a quantity search sees it: a Quantity, or the bounds of SampledData.
 *
 * @param low lowest; null = unbounded
 * @param high highest; null = unbounded
 * @param open the ends themselves are none of its values
 */
public record ObservedValue(
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        boolean open,
        @Nullable String system,
        @Nullable String code,
        @Nullable String unit) {

    /** @param json of an Observation; empty when its value is none of these */
    public static Optional<ObservedValue> of(byte[] json) {
        JsonNode observation = StoredJson.parse(json);
        JsonNode quantity = observation.path("valueQuantity");
        if (quantity.path("value").isNumber()) {
            return Optional.of(of(quantity));
        }
        return sampled(observation.path("valueSampledData"));
    }

    private static ObservedValue of(JsonNode quantity) {
        BigDecimal value = quantity.get("value").decimalValue();
        String comparator = quantity.path("comparator").asText();
        return new ObservedValue(
                comparator.startsWith("<") ? null : value,
                comparator.startsWith(">") ? null : value,
                comparator.length() == 1,
                text(quantity, "system"),
                text(quantity, "code"),
                text(quantity, "unit"));
    }

    private static Optional<ObservedValue> sampled(JsonNode sampled) {
        JsonNode origin = sampled.path("origin");
        BigDecimal zero = number(origin.path("value"), BigDecimal.ZERO);
        BigDecimal factor = number(sampled.path("factor"), BigDecimal.ONE);
        BigDecimal low = null;
        BigDecimal high = null;
        for (String point : sampled.path("data").asText().split("[ \\t\\r\\n]+")) {
            if (point.matches("[+-]?\\d{1,40}(\\.\\d{1,40})?")) {
                BigDecimal value = new BigDecimal(point).multiply(factor).add(zero);
                low = low == null ? value : low.min(value);
                high = high == null ? value : high.max(value);
            }
        }
        return low == null
                ? Optional.empty()
                : Optional.of(new ObservedValue(
                        low, high, false, text(origin, "system"), text(origin, "code"), text(origin, "unit")));
    }

    private static BigDecimal number(JsonNode node, BigDecimal otherwise) {
        return node.isNumber() ? node.decimalValue() : otherwise;
    }

    private static @Nullable String text(JsonNode owner, String name) {
        return owner.path(name).isTextual() ? owner.get(name).textValue() : null;
    }
}
