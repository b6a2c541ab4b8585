package phr.gateway.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Report;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.PersonKeys;

/**
 * Table {@code held_upload}: files outside the record, encrypted with the person's key. No search, export, count or category
 * shows them. The bytes lie in pieces, so a large file never stands in memory.
 */
@Singleton
public final class HeldUploads {

    private static final int PIECE = 1 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final DataSource database;
    private final PersonKeys keys;
    private final IngestConfig config;
    private final Clock clock;

    HeldUploads(DataSource database, PersonKeys keys, IngestConfig config, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /** A file in the list of the person. */
    record Waiting(UUID id, Instant received, Instant expires, HeldUpload upload) {}

    /** Keeps the file; the same bytes from the same sender are the same held file. What others have sent shows in no answer. */
    public UUID keep(Intake intake, Sender sender, Report report) {
        PersonId person = intake.account().person();
        Content content = intake.content();
        HeldUpload upload = HeldUpload.of(intake, sender, report);
        Optional<Waiting> known = list(person).stream()
                .filter(waiting -> waiting.upload().sha256().equals(upload.sha256()))
                .filter(waiting -> waiting.upload().sender().equals(sender))
                .findFirst();
        if (known.isPresent()) {
            return known.get().id();
        }
        UUID id = Ids.v7(clock);
        try (Connection connection = database.getConnection()) {
            insert(connection, id, person, upload);
            insertPieces(connection, id, person, content);
            return id;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private void insert(Connection connection, UUID id, PersonId person, HeldUpload upload) throws SQLException {
        Instant now = clock.instant();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO held_upload (id, person_id, received, expires, head) VALUES (?, ?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, person.value());
            insert.setTimestamp(3, Timestamp.from(now));
            insert.setTimestamp(4, Timestamp.from(now.plus(config.patience())));
            insert.setBytes(5, keys.seal(person, context(id, "head"), JSON.writeValueAsBytes(upload)));
            insert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is JSON");
        }
    }

    private void insertPieces(Connection connection, UUID id, PersonId person, Content content) throws SQLException {
        try (InputStream in = content.open();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO held_upload_piece (held, ordinal, body) VALUES (?, ?, ?)")) {
            int ordinal = 0;
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                insert.setObject(1, id);
                insert.setInt(2, ordinal);
                insert.setBytes(3, keys.seal(person, context(id, String.valueOf(ordinal)), piece));
                insert.executeUpdate();
                ordinal++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("spooled file cannot be read", e);
        }
    }

    /** Says what the bytes are, so that pieces of different files cannot be swapped. */
    static String context(UUID id, String part) {
        return "held|" + id + "|" + part;
    }

    /** What waits for the person, oldest first; what is overdue no longer counts. */
    List<Waiting> list(PersonId person) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT id, received, expires, head FROM held_upload WHERE person_id = ? AND expires > ?"
                                + " ORDER BY received, id")) {
            select.setObject(1, person.value());
            select.setTimestamp(2, Timestamp.from(clock.instant()));
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    waiting.add(waiting(rows, person));
                }
            }
            return waiting;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    Optional<Waiting> find(PersonId person, UUID id) {
        return list(person).stream().filter(waiting -> waiting.id().equals(id)).findFirst();
    }

    private Waiting waiting(ResultSet row, PersonId person) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        try {
            byte[] head = keys.open(person, context(id, "head"), row.getBytes(4));
            HeldUpload upload = JSON.readValue(head, HeldUpload.class);
            return new Waiting(
                    id, row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant(), upload);
        } catch (IOException e) {
            throw new IllegalStateException("head of a held upload is not JSON");
        }
    }

    /** Writes the plain bytes into a spooled file. */
    Content open(PersonId person, Waiting waiting, Spooled file) {
        UUID id = waiting.id();
        try (Connection connection = database.getConnection();
                OutputStream out = Files.newOutputStream(file.file())) {
            Optional<byte[]> piece = piece(connection, id, 0);
            for (int ordinal = 0; piece.isPresent(); piece = piece(connection, id, ++ordinal)) {
                out.write(keys.open(person, context(id, String.valueOf(ordinal)), piece.get()));
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException("spooled file cannot be written", e);
        }
        return Content.of(file.file(), waiting.upload().size(), waiting.upload().digest());
    }

    private static Optional<byte[]> piece(Connection connection, UUID id, int ordinal) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM held_upload_piece WHERE held = ? AND ordinal = ?")) {
            select.setObject(1, id);
            select.setInt(2, ordinal);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** @return whether it was there */
    boolean remove(PersonId person, UUID id) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM held_upload WHERE person_id = ? AND id = ?")) {
            delete.setObject(1, person.value());
            delete.setObject(2, id);
            return delete.executeUpdate() == 1;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** @return how many were discarded */
    int removeOverdue() {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("DELETE FROM held_upload WHERE expires <= ?")) {
            delete.setTimestamp(1, Timestamp.from(clock.instant()));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
