package phr.gateway.record.choice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import phr.fhir.normalise.lifelog.Metric;

/**
 * Values of which one source is believed at a time.
 *
 * @param metric key by which the person orders her sources, e.g. {@code steps}, {@code sleep-duration}
 */
public record Contest(String metric, Span span) {

    /** For what time one source is chosen. */
    public enum Span {
        /** Samples: for each half hour. */
        SAMPLE,
        /** Totals of days as sources give them: for each half hour too, but apart from samples. */
        DAY,
        /** Sleep: for the whole of what overlaps. */
        NIGHT
    }

    private static final String NIGHTS = "sleep-duration";
    private static final String PER_DAY = "/d";

    private static final List<String> CODES = Metric.all().stream()
            .filter(metric -> of(metric.codes(), metric.unit()).isPresent())
            .flatMap(metric -> metric.codes().stream())
            .distinct()
            .toList();

    /**
     * @param codes {@code system|code} of an Observation or of a component
     * @param unit UCUM code of the value
     * @return empty when all sources count, as for heart rates
     */
    public static Optional<Contest> of(Collection<String> codes, String unit) {
        Metric metric = Metric.of(codes);
        if (metric == null) {
            return Optional.empty();
        } else if (metric.night()) {
            return Optional.of(new Contest(NIGHTS, Span.NIGHT));
        } else if (!metric.counted()) {
            return Optional.empty();
        }
        boolean day = unit.endsWith(PER_DAY) || !metric.ofSamples().equals(metric);
        return Optional.of(new Contest(metric.ofSamples().key(), day ? Span.DAY : Span.SAMPLE));
    }

    /** Of an Observation by its own code and unit. */
    public static Optional<Contest> of(JsonNode observation) {
        return of(observation.path("code"), observation.path("valueQuantity"));
    }

    /** @param code CodeableConcept of an Observation or of a component */
    public static Optional<Contest> of(JsonNode code, JsonNode quantity) {
        List<String> codes = new ArrayList<>();
        code.path("coding")
                .forEach(coding -> codes.add(coding.path("system").asText() + "|"
                        + coding.path("code").asText()));
        return of(codes, unit(quantity));
    }

    /** Code of the unit, else its text. */
    public static String unit(JsonNode quantity) {
        String code = quantity.path("code").asText();
        return code.isEmpty() ? quantity.path("unit").asText() : code;
    }

    /** Codes, {@code system|code}, of everything of which one source is believed at a time. */
    public static List<String> codes() {
        return CODES;
    }

    /** Whether an answer about these codes, {@code system|code} or {@code code} of any system, may have to choose. */
    public static boolean among(Collection<String> codes) {
        return codes.stream()
                .flatMap(code -> Metric.meant(code).stream())
                .anyMatch(metric -> metric.counted() || metric.night());
    }
}
