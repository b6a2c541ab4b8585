package phr.gateway.record.series;

import java.util.Comparator;
import java.util.UUID;
import phr.fhir.sample.Sample;

/**
 * A stored sample.
 *
 * @param updated when it was stored, milliseconds since 1970
 */
public record Row(Sample sample, long updated) {

    /** By start; of the same start the greatest id first, so that read from its end a chunk is newest first, then by id. */
    public static final Comparator<Row> ORDER = Comparator.comparingLong(
                    (Row row) -> row.sample().from())
            .thenComparing(row -> row.sample().id(), (one, other) -> compare(other, one));

    /** As the database orders ids: by their bytes. */
    public static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
