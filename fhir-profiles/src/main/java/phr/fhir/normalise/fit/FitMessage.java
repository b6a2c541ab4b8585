package phr.fhir.normalise.fit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param number global number of its type
 * @param fields by their number; numbers as {@link Long} or {@link Double}, texts; fields without a value are absent
 * @param time seconds since 1970 of its timestamp, null = it has none
 */
record FitMessage(
        int number, Map<Integer, Object> fields, @Nullable Long time) {

    /** Seconds between 1970 and the beginning of the time of this format. */
    static final long EPOCH = 631_065_600L;

    @Nullable
    Long number(int field) {
        return fields.get(field) instanceof Long value ? value : null;
    }

    /** A field that is a time, in seconds since 1970. */
    @Nullable
    Long time(int field) {
        Long value = number(field);
        return value == null ? null : value + EPOCH;
    }
}
