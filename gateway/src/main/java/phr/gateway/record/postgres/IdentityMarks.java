package phr.gateway.record.postgres;

import java.util.List;
import java.util.UUID;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Marks;

/** Marks of blinded identities, which are as evenly spread as ids. Not thread-safe. */
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

    /** With room for as many more. */
    static IdentityMarks of(List<UUID> identities) {
        IdentityMarks marks = new IdentityMarks(Math.max(LEAST_ROOM, 2 * identities.size()));
        identities.forEach(marks::add);
        return marks;
    }

    /** Where there is no more room, nothing is lost; but more and more is taken for what may be there. */
    void add(UUID identity) {
        marks.add(IdPage.kept(identity));
        count++;
    }

    /** False when it was never added. */
    boolean test(UUID identity) {
        return marks.test(IdPage.kept(identity));
    }

    boolean isFull() {
        return count > room;
    }

    /** How many identities it was made for. */
    int room() {
        return room;
    }
}
