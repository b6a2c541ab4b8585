package phr.gateway.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.choice.LifelogSource;

/**
 * What a source has measured of one metric.
 *
 * @param metric key, e.g. {@code steps}
 * @param count samples; null when not all of them are permitted
 * @param first when the first begins; null when it is not known
 * @param last when the last ends
 */
public record Holding(
        String metric,
        LifelogSource source,
        @Nullable Long count,
        @Nullable Instant first,
        @Nullable Instant last) {

    /** Both together. */
    public Holding with(Holding other) {
        Long both = count == null || other.count == null ? null : Long.valueOf(count + other.count);
        return new Holding(metric, source, both, earlier(first, other.first), later(last, other.last));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }
}
