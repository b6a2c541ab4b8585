package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.Blinding.Kind;

/** Lets a version without content follow the last one. The caller holds the person's lock. */
final class Deletion {

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final String type;
    private final UUID id;
    private final long ref;

    /** The last version. */
    private record Last(int version, boolean deleted, byte[] body) {}

    Deletion(Connection connection, PersonId person, DataKey key, String type, UUID id) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.type = type;
        this.id = id;
        this.ref = new Blinding(key).one(Kind.REFERENCE, type + "/" + id);
    }

    /** @return false when there is no such resource */
    boolean execute(Instant now) throws SQLException {
        Optional<Last> last = last();
        if (last.isPresent() && !last.get().deleted()) {
            retire();
            write(last.get(), now);
        }
        return last.isPresent();
    }

    private Optional<Last> last() throws SQLException {
        Sql sql = Sql.of(
                "SELECT version, deleted, body FROM document WHERE person_id = ? AND ref = ?", person.value(), ref);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Last(row.getInt(1), row.getBoolean(2), row.getBytes(3)))
                    : Optional.empty();
        }
    }

    private void retire() throws SQLException {
        execute(Sql.of(
                "INSERT INTO document_history SELECT * FROM document WHERE person_id = ? AND ref = ?",
                person.value(),
                ref));
    }

    private void write(Last last, Instant now) throws SQLException {
        byte[] context = Envelope.context(person, type, id, last.version());
        Envelope envelope = Envelope.parse(key.decrypt(last.body(), context));
        Envelope empty = new Envelope(
                envelope.source(), envelope.categories(), envelope.links(), envelope.origin(), new byte[0]);
        int version = last.version() + 1;
        execute(Sql.of(
                "UPDATE document SET deleted = TRUE, version = ?, last_updated = ?, tokens = '{}', body = ?"
                        + " WHERE person_id = ? AND ref = ?",
                version,
                now.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC),
                key.encrypt(empty.bytes(), Envelope.context(person, type, id, version)),
                person.value(),
                ref));
    }

    private void execute(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.executeUpdate();
        }
    }
}
