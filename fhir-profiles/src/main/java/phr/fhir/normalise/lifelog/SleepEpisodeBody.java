package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What a sleep episode of Open mHealth or IEEE 1752.1 says besides its total: components of the HL7 PHR guide (lifelog.md §1). */
final class SleepEpisodeBody {

    /**
     * @param element of the body
     * @param code among the sleep episode codes
     * @param unit of the value in UCUM; empty = a number without unit or a truth value
     */
    private record Part(String element, String code, String unit) {}

    private static final String SYSTEM = "http://hl7.org/fhir/uv/phr/CodeSystem/sleep-episode-codes";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final int MOST_AWAKENINGS = 10_000;

    private static final List<Part> PARTS = List.of(
            new Part("latency_to_sleep_onset", "latencyToSleepOnset", "min"),
            new Part("latency_to_arising", "latencyToArising", "min"),
            new Part("total_sleep_time", "totalSleepTime", "min"),
            new Part("light_sleep_duration", "coreSleepDuration", "min"),
            new Part("deep_sleep_duration", "deepSleepDuration", "min"),
            new Part("rem_sleep_duration", "remSleepDuration", "min"),
            new Part("light_sleep_percentage", "coreSleepPercentage", "%"),
            new Part("deep_sleep_percentage", "deepSleepPercentage", "%"),
            new Part("rem_sleep_percentage", "remSleepPercentage", "%"),
            new Part("wake_after_sleep_onset", "wakeAfterSleepOnset", "min"),
            new Part("number_of_awakenings", "numberOfAwakenings", ""),
            new Part("sleep_efficiency_percentage", "sleepEfficiencyPercentage", "%"),
            new Part("is_main_sleep", "isMainSleep", ""));

    private SleepEpisodeBody() {}

    static boolean of(Schema schema) {
        return schema.name().equals("sleep-episode");
    }

    static boolean knows(String element) {
        return PARTS.stream().anyMatch(part -> part.element.equals(element));
    }

    /** Elements that are written but cannot be read. */
    static List<String> unreadable(JsonNode body) {
        return PARTS.stream()
                .filter(part -> body.hasNonNull(part.element))
                .filter(part -> value(part, body.path(part.element)) == null)
                .map(Part::element)
                .toList();
    }

    static void write(Observation observation, JsonNode body) {
        for (Part part : PARTS) {
            Type value = value(part, body.path(part.element));
            if (value != null) {
                observation
                        .addComponent()
                        .setCode(new CodeableConcept(new Coding(SYSTEM, part.code, null)))
                        .setValue(value);
            }
        }
    }

    private static @Nullable Type value(Part part, JsonNode node) {
        if (part.unit.isEmpty()) {
            return node.isBoolean() ? new BooleanType(node.booleanValue()) : count(node);
        }
        JsonNode number = node.path("value");
        BigDecimal value = number.isNumber()
                ? Units.convert(
                        number.decimalValue(), node.path("unit").asText("").strip(), part.unit)
                : null;
        return value == null || value.signum() < 0
                ? null
                : new Quantity()
                        .setValue(value)
                        .setUnit(part.unit)
                        .setSystem(UCUM)
                        .setCode(part.unit);
    }

    private static @Nullable Type count(JsonNode node) {
        JsonNode number = node.isObject() ? node.path("value") : node;
        boolean fits = number.canConvertToExactIntegral()
                && number.canConvertToInt()
                && number.intValue() >= 0
                && number.intValue() <= MOST_AWAKENINGS;
        return fits ? new IntegerType(number.intValue()) : null;
    }
}
