package phr.gateway.record.series;

/**
 * Tells most ids that were never added from those that were, with a look at one place in memory. Ids in order look at one place after
 * the other. Not thread-safe while it is filled.
 */
public final class Marks {

    /** Bits of a block, which is one line of a processor's memory. */
    private static final int BLOCK = 512;

    private static final int WORDS = BLOCK / Long.SIZE;

    /** Odd; the highest bits of what it is multiplied by are spread. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long[] bits;

    /** @param wanted bits, some of them for each id */
    public Marks(long wanted) {
        bits = new long[(int) Math.max(1, wanted / BLOCK) * WORDS];
    }

    /** @param id what is kept of it */
    public void add(long id) {
        int block = block(id);
        long spread = id * SPREAD;
        set(block, spread >>> 55);
        set(block, spread >>> 46);
        set(block, spread >>> 37);
    }

    /** False when it was never added. */
    public boolean test(long id) {
        int block = block(id);
        long spread = id * SPREAD;
        return isSet(block, spread >>> 55) && isSet(block, spread >>> 46) && isSet(block, spread >>> 37);
    }

    private int block(long id) {
        return IdPage.share(id, bits.length / WORDS) * WORDS;
    }

    private void set(int block, long bit) {
        bits[block + (int) (bit / Long.SIZE) % WORDS] |= 1L << bit;
    }

    private boolean isSet(int block, long bit) {
        return (bits[block + (int) (bit / Long.SIZE) % WORDS] & 1L << bit) != 0;
    }
}
