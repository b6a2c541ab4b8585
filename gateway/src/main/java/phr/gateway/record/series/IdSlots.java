package phr.gateway.record.series;

import java.util.function.IntConsumer;

/**
 * A table from what is kept of ids to small numbers, of which an id may have several. Ids in order look at one place after the other.
 * Who reads while another thread adds misses nothing that was there before.
 */
public final class IdSlots {

    /** Bits beside those of the id. */
    private static final int NUMBER = Long.SIZE - IdPage.KEPT;

    private static final int MOST = (1 << NUMBER) - 1;

    /** Each holds an id and a number, which begin at one; zero is free. */
    private final long[] slots;

    /** @param room for so many entries; half as many slots more, so that most are found where they are looked for first */
    public IdSlots(int room) {
        slots = new long[room + room / 2 + 1];
    }

    /**
     * @param id what is kept of it
     * @param number from zero
     */
    public void add(long id, int number) {
        if (number >= MOST) {
            throw new IllegalArgumentException("numbers have " + NUMBER + " bits");
        }
        int at = first(id);
        while (slots[at] != 0) {
            at = next(at);
        }
        slots[at] = id << NUMBER | number + 1;
    }

    /** The numbers of an id. */
    public void find(long id, IntConsumer numbers) {
        for (int at = first(id); slots[at] != 0; at = next(at)) {
            if (slots[at] >>> NUMBER == id) {
                numbers.accept((int) (slots[at] & MOST) - 1);
            }
        }
    }

    private int first(long id) {
        return IdPage.share(id, slots.length);
    }

    private int next(int at) {
        return at + 1 == slots.length ? 0 : at + 1;
    }
}
