package phr.gateway.record.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Instants as microseconds since 1970, unbounded ends as the extremes. Finer instants are rounded so that data intervals grow and
 * windows of permits shrink: never to the side that shows more.
 */
final class Micros {

    static final long UNBOUNDED_START = Long.MIN_VALUE;
    static final long UNBOUNDED_END = Long.MAX_VALUE;

    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    /** Start of a data interval. */
    static long start(@Nullable Instant instant) {
        return instant == null ? UNBOUNDED_START : floor(instant);
    }

    /** End of a data interval. */
    static long end(@Nullable Instant instant) {
        return instant == null ? UNBOUNDED_END : ceil(instant);
    }

    static long floor(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / NANOS);
    }

    static long ceil(Instant instant) {
        return floor(instant) + (instant.getNano() % NANOS == 0 ? 0 : 1);
    }

    /** Null for an unbounded end. */
    static @Nullable Instant instant(long micros) {
        boolean unbounded = micros == UNBOUNDED_START || micros == UNBOUNDED_END;
        return unbounded ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
