package phr.portability;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.portability.json.JsonObject;

/** When a resource is about, as written; for counts and overviews only, never for a decision. */
final class EffectiveTime {

    private static final List<String> INSTANTS = List.of(
            "effectiveDateTime",
            "effectiveInstant",
            "occurrenceDateTime",
            "performedDateTime",
            "onsetDateTime",
            "authoredOn",
            "whenHandedOver",
            "recordedDate",
            "occurredDateTime",
            "date",
            "issued",
            "recorded");
    private static final List<String> PERIODS =
            List.of("effectivePeriod", "occurrencePeriod", "performedPeriod", "occurredPeriod", "period");

    private EffectiveTime() {}

    static @Nullable String of(JsonObject resource) {
        String contextStart =
                resource.object("context").map(EffectiveTime::start).orElse(null);
        if (contextStart != null) {
            return contextStart;
        }
        for (String period : PERIODS) {
            String start = resource.object(period)
                    .flatMap(value -> value.string("start"))
                    .orElse(null);
            if (start != null) {
                return start;
            }
        }
        for (String instant : INSTANTS) {
            String value = resource.string(instant).orElse(null);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Year of the time, {@code unknown} when there is none. */
    static String year(@Nullable String time) {
        return time != null && time.matches("[0-9]{4}.*") ? time.substring(0, 4) : "unknown";
    }

    private static @Nullable String start(JsonObject context) {
        return context.object("period")
                .flatMap(period -> period.string("start"))
                .orElse(null);
    }
}
