package phr.gateway.record.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;

/**
 * Marks of the identities of documents in memory. They are used only under the stamp of the documents that the transaction at hand sees:
 * should a transaction fail, nobody will meet its stamp, and what it has marked is asked for in vain. Thread-safe.
 */
final class KnownIdentities {

    /** Identities of all persons together: two bytes each, a sixty-fourth of the memory there is. */
    private static final long MOST = Math.min(100_000_000, Runtime.getRuntime().maxMemory() / 64 / 2);

    /** Identities of one person that are read; who has more is asked about one by one. */
    static final int MOST_READ = (int) (MOST / 2);

    private static final int PERSONS = 10_000;

    /** A question costs some microseconds, an identity that is read a part of one. */
    private static final int WORTH = 1_000;

    private static final int READ_PER_QUESTION = 8;

    private final Map<PersonId, Known> persons = new LinkedHashMap<>(16, 0.75f, true);
    private long room;

    /**
     * What is known of a person.
     *
     * @param asked questions since nothing is known
     * @param last room of the marks that were known last
     */
    private record Known(
            long stamp, @Nullable DataKey key, @Nullable IdentityMarks marks, int asked, int last) {

        static final Known NOTHING = new Known(0, null, null, 0, 0);

        int room() {
            return marks == null ? 0 : marks.room();
        }
    }

    /** Null when they are not known. */
    synchronized @Nullable IdentityMarks marks(PersonId person, DataKey key, long stamp) {
        Known known = persons.getOrDefault(person, Known.NOTHING);
        return known.stamp() == stamp && known.key() == key ? known.marks() : null;
    }

    /** Whether so many questions, with those before, are more work than reading all identities. */
    synchronized boolean isWorth(PersonId person, int questions) {
        Known before = persons.getOrDefault(person, Known.NOTHING);
        int last = Math.max(before.last(), before.room());
        int asked = before.asked() + questions;
        put(person, new Known(0, null, null, asked, last));
        return last <= MOST && asked >= Math.max(WORTH, last / READ_PER_QUESTION);
    }

    /** Those that are full are forgotten, and so made anew when it is worth it. */
    synchronized void keep(PersonId person, DataKey key, long stamp, IdentityMarks marks) {
        boolean kept = !marks.isFull() && marks.room() <= MOST;
        put(person, kept ? new Known(stamp, key, marks, 0, 0) : new Known(0, null, null, 0, marks.room()));
    }

    /** She has more identities than may be known. */
    synchronized void leave(PersonId person) {
        put(person, new Known(0, null, null, 0, Integer.MAX_VALUE));
    }

    private void put(PersonId person, Known known) {
        Known before = persons.put(person, known);
        room += known.room() - (before == null ? 0 : before.room());
        while (room > MOST || persons.size() > PERSONS) {
            Known gone = persons.remove(persons.keySet().iterator().next());
            room -= gone == null ? 0 : gone.room();
        }
    }
}
