package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.keys.Secrets;

/**
 * When a file was received first. The same bytes again are read as of that instant, so what is made of them is the same to the
 * last byte and the store finds nothing new (checkup-cda.md §5.3).
 */
@Singleton
final class ReceivedFiles {

    private final DataSource database;
    private final UUID names;

    ReceivedFiles(DataSource database, Secrets secrets) {
        this.database = database;
        ByteBuffer secret = ByteBuffer.wrap(secrets.of("received-file"));
        this.names = new UUID(secret.getLong(), secret.getLong());
    }

    /** The first receipt of the file; empty when it is new. */
    Optional<Instant> known(PersonId person, Sha256 file) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT received FROM received_file WHERE person_id = ? AND file = ?")) {
            select.setObject(1, person.value());
            select.setObject(2, name(person, file));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getTimestamp(1).toInstant()) : Optional.empty();
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /**
     * Remembers the first receipt of a file that was stored.
     *
     * @return false when another one is known
     */
    boolean remember(PersonId person, Sha256 file, Instant received) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO received_file (person_id, file, received) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING")) {
            insert.setObject(1, person.value());
            insert.setObject(2, name(person, file));
            insert.setTimestamp(3, Timestamp.from(received));
            return insert.executeUpdate() == 1
                    || known(person, file).equals(Optional.of(received.truncatedTo(ChronoUnit.MICROS)));
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** Blinded, so that the table does not tell who holds a known file. */
    private UUID name(PersonId person, Sha256 file) {
        return Ids.v5(names, person + "|" + file);
    }
}
