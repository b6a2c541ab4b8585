package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Whether a person has packed series.
 *
 * @param stamp another one with every change of a series, and whenever samples leave one
 * @param documents another one with every Observation that comes among her documents; null when there are none
 * @param content another one with every change of her chunks, settling included
 */
record SeriesHead(long stamp, @Nullable Long documents, long content) {

    static Optional<SeriesHead> load(Connection connection, PersonId person) throws SQLException {
        Sql sql = Sql.of("SELECT stamp, documents, content FROM series_head WHERE person_id = ?", person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new SeriesHead(row.getLong(1), row.getObject(2, Long.class), row.getLong(3)))
                    : Optional.empty();
        }
    }

    /**
     * A series has come or changed, or samples have become documents: who reads both must not meet them twice.
     *
     * @return the new stamp
     */
    static long moved(Connection connection, PersonId person) throws SQLException {
        long stamp = ThreadLocalRandom.current().nextLong();
        Sql sql = Sql.of(
                "INSERT INTO series_head (person_id, stamp) VALUES (?, ?) ON CONFLICT (person_id)"
                        + " DO UPDATE SET stamp = excluded.stamp",
                person.value(),
                stamp);
        try (PreparedStatement upsert = sql.prepare(connection)) {
            upsert.executeUpdate();
        }
        return stamp;
    }

    /**
     * Observations have been stored as documents. The caller holds the person's lock.
     *
     * @return what stood there before
     */
    static @Nullable Long documents(Connection connection, PersonId person, long after) throws SQLException {
        Sql sql = Sql.of(
                "WITH seen AS (SELECT documents FROM series_head WHERE person_id = ?)"
                        + " INSERT INTO series_head (person_id, stamp, documents) VALUES (?, ?, ?) ON CONFLICT (person_id)"
                        + " DO UPDATE SET documents = excluded.documents RETURNING (SELECT documents FROM seen)",
                person.value(),
                person.value(),
                after,
                after);
        try (PreparedStatement upsert = sql.prepare(connection);
                ResultSet row = upsert.executeQuery()) {
            row.next();
            return row.getObject(1, Long.class);
        }
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
}
