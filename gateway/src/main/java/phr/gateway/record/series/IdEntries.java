package phr.gateway.record.series;

import java.util.Arrays;

/** Entries of the index from ids to places, as columns: there are millions of them. Not thread-safe. */
public final class IdEntries {

    /** Bits of an index while entries are sorted. */
    private static final int PLACES = Long.SIZE - 1 - IdPage.KEPT;

    private long[] ids;
    private int[] series;
    private long[] stretches;
    private int size;

    /** @param room for so many at first */
    public IdEntries(int room) {
        ids = new long[room];
        series = new int[room];
        stretches = new long[room];
    }

    /** @param id what is kept of it, as in {@link IdPage#kept} */
    public void add(long id, int number, long stretch) {
        if (size == ids.length) {
            int more = Math.max(16, size * 2);
            ids = Arrays.copyOf(ids, more);
            series = Arrays.copyOf(series, more);
            stretches = Arrays.copyOf(stretches, more);
        }
        ids[size] = id;
        series[size] = number;
        stretches[size++] = stretch;
    }

    public int size() {
        return size;
    }

    public long id(int index) {
        return ids[index];
    }

    public int series(int index) {
        return series[index];
    }

    public long stretch(int index) {
        return stretches[index];
    }

    public Place place(int index) {
        return new Place(series[index], stretches[index]);
    }

    public void clear() {
        size = 0;
    }

    /** The same in the order of their ids. */
    public IdEntries sorted() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = ids[i] << PLACES | i;
        }
        Arrays.sort(order);
        IdEntries sorted = new IdEntries(size);
        for (long next : order) {
            int i = (int) (next & (1L << PLACES) - 1);
            sorted.add(ids[i], series[i], stretches[i]);
        }
        return sorted;
    }
}
