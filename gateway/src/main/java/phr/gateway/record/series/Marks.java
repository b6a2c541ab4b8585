package phr.gateway.record.series;

/** Tells most numbers that were never added from those that were, with a look at one bit. Not thread-safe while it is filled. */
public final class Marks {

    /** Odd, and its bits are spread: neighbours are marked far from each other. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long[] bits;
    private final int shift;

    /** @param wanted bits at most, some of them for each number */
    public Marks(long wanted) {
        long size = Long.highestOneBit(Math.max(Long.SIZE, wanted));
        bits = new long[(int) (size / Long.SIZE)];
        shift = Long.numberOfLeadingZeros(size) + 1;
    }

    public void add(long number) {
        long mark = mark(number);
        bits[(int) (mark / Long.SIZE)] |= 1L << mark;
    }

    /** False when it was never added. */
    public boolean test(long number) {
        long mark = mark(number);
        return (bits[(int) (mark / Long.SIZE)] & 1L << mark) != 0;
    }

    private long mark(long number) {
        return number * SPREAD >>> shift;
    }
}
