package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import phr.fhir.PersonId;

/** One writer per person at a time; held to the end of the transaction, by every process on the database. */
public final class PersonLock {

    /** Keeps this lock apart from other locks that may be named after a person. */
    private static final long RECORD = 0x5265636f7264L;

    private PersonLock() {}

    public static void take(Connection connection, PersonId person) throws SQLException {
        UUID id = person.value();
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, RECORD ^ id.getMostSignificantBits() ^ id.getLeastSignificantBits());
            lock.execute();
        }
    }
}
