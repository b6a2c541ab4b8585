package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import phr.fhir.PersonId;

/** One writer per person at a time; held to the end of the transaction, by every process on the database. */
public final class PersonLock {

    /** Keep these locks apart from others that may be named after a person. */
    private static final long RECORD = 0x5265636f7264L;

    private static final long COMPACTION = 0x436f6d70616374L;

    /**
     * Who writes looks up by keys, thousands at a time. Of a record that grows fast the database knows too little to see that its
     * indexes are worth it: it would read the whole record each time.
     */
    private static final String BY_KEYS = "set_config('enable_seqscan', 'off', true)";

    private PersonLock() {}

    public static void take(Connection connection, PersonId person) throws SQLException {
        take(connection, name(person));
    }

    /** One compaction of a record at a time; others write meanwhile. Whoever takes both locks takes this one first. */
    static void takeToCompact(Connection connection, PersonId person) throws SQLException {
        take(connection, name(person) ^ RECORD ^ COMPACTION);
    }

    private static void take(Connection connection, long name) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?), " + BY_KEYS)) {
            lock.setLong(1, name);
            lock.execute();
        }
    }

    /** Takes those locks that nobody holds. */
    static Set<PersonId> tryTake(Connection connection, Collection<PersonId> persons) throws SQLException {
        Sql sql = Sql.of(
                "SELECT w.person, " + BY_KEYS
                        + " FROM unnest(?, ?) AS w (person, name) WHERE pg_try_advisory_xact_lock(w.name)",
                persons.stream().map(PersonId::value).toArray(UUID[]::new),
                persons.stream().mapToLong(PersonLock::name).toArray());
        Set<PersonId> taken = new HashSet<>();
        try (PreparedStatement lock = sql.prepare(connection);
                ResultSet row = lock.executeQuery()) {
            while (row.next()) {
                taken.add(new PersonId(row.getObject(1, UUID.class)));
            }
        }
        return taken;
    }

    private static long name(PersonId person) {
        UUID id = person.value();
        return RECORD ^ id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }
}
