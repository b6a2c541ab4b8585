package phr.gateway.record.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.keys.DataKey;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;

/** In which order a person believes her sources; encrypted with her key like what they measure. */
final class SourceOrder {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;

    SourceOrder(Connection connection, PersonId person, DataKey key) {
        this.connection = connection;
        this.person = person;
        this.key = key;
    }

    /** Binds it to its row. */
    static byte[] context(PersonId person) {
        return (person + "|source-order").getBytes(StandardCharsets.US_ASCII);
    }

    Priority read() throws SQLException {
        Sql sql = Sql.of("SELECT version, content FROM source_order WHERE person_id = ?", person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next() ? new Priority(row.getInt(1), stated(row.getBytes(2))) : Priority.DEFAULT;
        }
    }

    private Map<String, List<LifelogSource>> stated(byte[] box) {
        try {
            return JSON.readValue(key.decrypt(box, context(person)), new TypeReference<>() {});
        } catch (IOException e) {
            // The message of the cause would quote what is encrypted.
            throw new IllegalStateException("an order of sources is not JSON");
        }
    }

    /** @throws phr.fhir.failure.FailureException FORBIDDEN for everybody but the person and who acts for her */
    static void demand(Permit permit) {
        Capacity capacity = permit.request().capacity();
        if (permit.action() != Action.CORRECT || capacity != Capacity.SELF && capacity != Capacity.PROXY) {
            throw Failure.of(Category.FORBIDDEN, "STO-5", "only the person, or who acts for her, orders sources")
                    .exception();
        }
    }

    /**
     * The caller holds her lock.
     *
     * @param version that is replaced
     * @throws phr.fhir.failure.FailureException STALE when it is another one by now
     */
    Priority replace(int version, Map<String, List<LifelogSource>> stated) throws SQLException {
        if (read().version() != version) {
            throw Failure.of(Category.STALE, "SRC-5", "the order has changed meanwhile", "If-Match")
                    .exception();
        }
        Priority changed = new Priority(version + 1, stated);
        write(changed);
        return changed;
    }

    private void write(Priority priority) throws SQLException {
        Sql sql = Sql.of(
                "INSERT INTO source_order (person_id, version, content) VALUES (?, ?, ?) ON CONFLICT (person_id)"
                        + " DO UPDATE SET version = excluded.version, content = excluded.content",
                person.value(),
                priority.version(),
                key.encrypt(bytes(priority.stated()), context(person)));
        try (PreparedStatement upsert = sql.prepare(connection)) {
            upsert.executeUpdate();
        }
    }

    private static byte[] bytes(Map<String, List<LifelogSource>> stated) {
        try {
            return JSON.writeValueAsBytes(stated);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
