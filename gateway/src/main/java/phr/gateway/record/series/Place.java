package phr.gateway.record.series;

/**
 * Where to look for a sample: a series, and a stretch of about 36 minutes in which its data time starts. It stays true when
 * chunks are cut anew.
 */
public record Place(int series, long stretch) {

    private static final int SHIFT = 31;

    /** @param from start of the data time, microseconds since 1970 */
    public static Place of(int series, long from) {
        return new Place(series, stretch(from));
    }

    /** The stretch of a time. */
    public static long stretch(long from) {
        return from >> SHIFT;
    }

    /** First microsecond of the stretch. */
    public long from() {
        return stretch << SHIFT;
    }

    /** Last microsecond of the stretch. */
    public long last() {
        return (stretch + 1 << SHIFT) - 1;
    }

    public boolean contains(long from) {
        return stretch(from) == stretch;
    }
}
