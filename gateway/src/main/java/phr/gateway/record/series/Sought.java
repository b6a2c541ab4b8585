package phr.gateway.record.series;

import java.util.Arrays;

/** Many values that are looked for among many more, most of which a look at one bit tells apart. */
public final class Sought {

    private static final int BITS_EACH = 64;

    private final int[] sorted;
    private final long[] marks;
    private final int shift;

    /** @param sorted values in order */
    public Sought(int[] sorted) {
        this.sorted = sorted.clone();
        int size = Integer.highestOneBit(Math.max(Long.SIZE, sorted.length * BITS_EACH));
        marks = new long[size / Long.SIZE];
        shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int value : sorted) {
            int mark = mark(value);
            marks[mark / Long.SIZE] |= 1L << mark;
        }
    }

    boolean test(int value) {
        int mark = mark(value);
        return (marks[mark / Long.SIZE] & 1L << mark) != 0 && Arrays.binarySearch(sorted, value) >= 0;
    }

    public boolean any(int[] values) {
        for (int value : values) {
            if (test(value)) {
                return true;
            }
        }
        return false;
    }

    /** The highest bits of a product with an odd number: neighbours are spread. */
    private int mark(int value) {
        return value * 0x9E3779B1 >>> shift;
    }
}
