package phr.gateway.record.series;

import java.util.Arrays;

/** Many values that are looked for among many more, most of which a look at one bit tells apart. */
public final class Sought {

    private static final int BITS_EACH = 64;

    private final long[] sorted;
    private final Marks marks;

    /** @param sorted values in order */
    public Sought(long[] sorted) {
        this.sorted = sorted.clone();
        marks = new Marks(sorted.length * BITS_EACH);
        for (long value : sorted) {
            marks.add(value);
        }
    }

    boolean test(long value) {
        return marks.test(value) && Arrays.binarySearch(sorted, value) >= 0;
    }

    public boolean any(long[] values) {
        for (long value : values) {
            if (test(value)) {
                return true;
            }
        }
        return false;
    }
}
