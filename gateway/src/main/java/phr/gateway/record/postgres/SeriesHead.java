package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import phr.fhir.PersonId;

/**
 * Whether a person has packed series.
 *
 * @param stamp another one with every change of a series, and whenever samples leave one
 * @param documents there may be Observations among her documents
 * @param content another one with every change of her chunks, settling included
 */
record SeriesHead(long stamp, boolean documents, long content) {

    static Optional<SeriesHead> load(Connection connection, PersonId person) throws SQLException {
        Sql sql = Sql.of("SELECT stamp, documents, content FROM series_head WHERE person_id = ?", person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new SeriesHead(row.getLong(1), row.getBoolean(2), row.getLong(3)))
                    : Optional.empty();
        }
    }

    /**
     * A series has come or changed.
     *
     * @return the new stamp
     */
    static long moved(Connection connection, PersonId person) throws SQLException {
        return upsert(connection, person, "stamp = excluded.stamp", false);
    }

    /** An Observation has been stored as a document. */
    static void documents(Connection connection, PersonId person) throws SQLException {
        upsert(connection, person, "documents = TRUE WHERE NOT series_head.documents", true);
    }

    /** Samples have become documents: who reads both must not meet them twice. */
    static void unpacked(Connection connection, PersonId person) throws SQLException {
        upsert(connection, person, "stamp = excluded.stamp, documents = TRUE", true);
    }

    /** From one content to the next. */
    record Moved(long before, long after) {}

    /** Chunks have come or gone. The caller holds the person's lock. */
    static Moved content(Connection connection, PersonId person) throws SQLException {
        long after = ThreadLocalRandom.current().nextLong();
        Sql sql = Sql.of(
                "WITH seen AS (SELECT content FROM series_head WHERE person_id = ?)"
                        + " UPDATE series_head SET content = ? WHERE person_id = ? RETURNING (SELECT content FROM seen)",
                person.value(),
                after,
                person.value());
        try (PreparedStatement update = sql.prepare(connection);
                ResultSet row = update.executeQuery()) {
            row.next();
            return new Moved(row.getLong(1), after);
        }
    }

    private static long upsert(Connection connection, PersonId person, String change, boolean documents)
            throws SQLException {
        long stamp = ThreadLocalRandom.current().nextLong();
        Sql sql = Sql.of(
                "INSERT INTO series_head (person_id, stamp, documents) VALUES (?, ?, ?) ON CONFLICT (person_id) DO UPDATE SET "
                        + change,
                person.value(),
                stamp,
                documents);
        try (PreparedStatement upsert = sql.prepare(connection)) {
            upsert.executeUpdate();
        }
        return stamp;
    }
}
