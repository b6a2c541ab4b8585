package phr.fhir.sample;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One dense Observation: what its {@link Shape} leaves open.
 *
 * @param id stable id (lifelog.md §4, sample id)
 * @param key what tells it apart within the source: the text of the identifier, or the content hash where there is none
 * @param start {@code effectiveDateTime}, or start of {@code effectivePeriod}
 * @param end of {@code effectivePeriod}
 * @param numbers values of the quantities in the order of the JSON
 */
public record Sample(
        Shape shape,
        UUID id,
        String key,
        Moment start,
        @Nullable Moment end,
        @Nullable Moment issued,
        List<Decimal> numbers) {

    public Sample {
        numbers = List.copyOf(numbers);
    }

    /** Start of the data time in microseconds since 1970. */
    public long from() {
        return start.micros();
    }

    /** End of the data time, exclusive. */
    public long to() {
        return end == null ? start.end() : end.end();
    }
}
