package phr.gateway.record.postgres;

import phr.gateway.record.series.Marks;

/** Marks of blinded identities, of which the same is kept as of ids: they are as evenly spread. Not thread-safe. */
final class IdentityMarks {

    private static final int LEAST_ROOM = 1_000;
    private static final int MARKS_EACH = 16;

    private final Marks marks;
    private final int room;
    private int count;

    private IdentityMarks(int room) {
        this.room = room;
        this.marks = new Marks((long) room * MARKS_EACH);
    }

    /**
     * With room for as many more.
     *
     * @param kept of each identity
     */
    static IdentityMarks of(long... kept) {
        IdentityMarks marks = new IdentityMarks(Math.max(LEAST_ROOM, 2 * kept.length));
        for (long one : kept) {
            marks.add(one);
        }
        return marks;
    }

    /** Where there is no more room, nothing is lost; but more and more is taken for what may be there. */
    void add(long kept) {
        marks.add(kept);
        count++;
    }

    /** False when it was never added. */
    boolean test(long kept) {
        return marks.test(kept);
    }

    boolean isFull() {
        return count > room;
    }

    /** How many identities it was made for. */
    int room() {
        return room;
    }
}
