package phr.fhir.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the data are about: a half-open interval of instants, or unknown (consent-semantics.md §5).
 *
 * @param known false when the resource has no usable date; then both ends are null
 * @param from inclusive; null = unbounded
 * @param to exclusive; null = unbounded
 */
public record DataTime(
        boolean known, @Nullable Instant from, @Nullable Instant to) {

    public static final DataTime UNKNOWN = new DataTime(false, null, null);

    public static DataTime between(@Nullable Instant from, @Nullable Instant to) {
        return new DataTime(true, from, to);
    }
}
