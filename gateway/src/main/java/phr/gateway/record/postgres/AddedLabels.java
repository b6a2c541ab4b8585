package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;

/**
 * Labels of a stored version that the next version from the source keeps: what people added (consent-semantics.md §6.1), and the
 * quarantine, until the new version has been validated itself.
 */
final class AddedLabels {

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Blinding blinding;

    AddedLabels(Connection connection, PersonId person, DataKey key, Blinding blinding) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.blinding = blinding;
    }

    @Nullable
    LabelOrigin of(String type, UUID id, int version) throws SQLException {
        Sql sql = Sql.of(
                "SELECT body FROM document WHERE person_id = ? AND ref = ?",
                person.value(),
                blinding.one(Blinding.Kind.REFERENCE, type + "/" + id));
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            byte[] context = Envelope.context(person, type, id, version);
            return Envelope.parse(key.decrypt(row.getBytes(1), context)).origin();
        }
    }
}
