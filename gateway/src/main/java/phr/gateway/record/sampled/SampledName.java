package phr.gateway.record.sampled;

import java.util.Optional;
import java.util.UUID;
import phr.gateway.keys.DataKey;

/**
 * What a resource made of samples stands for, and its id: that tells it to who has the person's key, and nothing to others
 * (UUID version 8; the fields masked by their own authentication code).
 *
 * @param series number within the record
 * @param day days since 1970-01-01
 * @param slot where SampledData begin, minutes of the day; of a summary 0
 * @param hour the SampledData end with the hour
 */
public record SampledName(int series, long day, boolean summary, int slot, boolean hour) {

    private static final int SLOT_BITS = 11;
    private static final int DAY_BITS = 23;
    private static final int SERIES_BITS = 20;
    private static final long DAY_BIAS = 1L << DAY_BITS - 1;
    private static final int MASKED_BITS = 60;
    private static final int CODE_BITS = 62;
    private static final long VERSION = 8L << 12;
    private static final long VARIANT = 1L << 63;

    /** Whether the id may be one of these. */
    public static boolean possible(UUID id) {
        return id.version() == 8 && id.variant() == 2;
    }

    /** The id in the record whose key this is. */
    public UUID id(DataKey key) {
        long fields = fields();
        long code = code(fields, key);
        long masked = fields ^ mask(code, key);
        return new UUID(masked >>> 12 << 16 | VERSION | masked & 0xfff, VARIANT | code);
    }

    /** Empty when it is the id of nothing in the record whose key this is. */
    public static Optional<SampledName> of(UUID id, DataKey key) {
        if (!possible(id)) {
            return Optional.empty();
        }
        long code = id.getLeastSignificantBits() & (1L << CODE_BITS) - 1;
        long high = id.getMostSignificantBits();
        long fields = (high >>> 16 << 12 | high & 0xfff) ^ mask(code, key);
        return code == code(fields, key) && fields >>> SLOT_BITS + 1 + DAY_BITS + SERIES_BITS + 1 == 0
                ? Optional.of(read(fields))
                : Optional.empty();
    }

    private static SampledName read(long fields) {
        return new SampledName(
                (int) (fields >>> SLOT_BITS + 1 + DAY_BITS) & (1 << SERIES_BITS) - 1,
                (fields >>> SLOT_BITS + 1 & (1L << DAY_BITS) - 1) - DAY_BIAS,
                (fields >>> SLOT_BITS & 1) == 1,
                (int) (fields & (1 << SLOT_BITS) - 1),
                fields >>> SLOT_BITS + 1 + DAY_BITS + SERIES_BITS == 1);
    }

    private long fields() {
        if (series >>> SERIES_BITS != 0 || slot >>> SLOT_BITS != 0 || Math.abs(day) >= DAY_BIAS) {
            throw new IllegalStateException("beyond what an id can say");
        }
        long named = (hour ? 1L << SERIES_BITS : 0) | series;
        return (((named << DAY_BITS | day + DAY_BIAS) << 1 | (summary ? 1 : 0)) << SLOT_BITS) | slot;
    }

    private static long code(long fields, DataKey key) {
        return key.blind("sampled", Long.toString(fields)) >>> Long.SIZE - CODE_BITS;
    }

    private static long mask(long code, DataKey key) {
        return key.blind("sampled-mask", Long.toString(code)) >>> Long.SIZE - MASKED_BITS;
    }
}
