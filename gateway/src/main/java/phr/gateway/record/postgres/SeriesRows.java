package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.fhir.sample.Shape;
import phr.gateway.keys.DataKey;

/** The series of one person. For writing, the caller holds her lock. */
final class SeriesRows {

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;

    SeriesRows(Connection connection, PersonId person, DataKey key) {
        this.connection = connection;
        this.person = person;
        this.key = key;
    }

    List<Series> all() throws SQLException {
        Sql sql = Sql.of("SELECT number, shape, body FROM series WHERE person_id = ? ORDER BY number", person.value());
        List<Series> all = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                UUID shape = row.getObject(2, UUID.class);
                byte[] body = key.decrypt(row.getBytes(3), SeriesBody.context(person, shape));
                all.add(SeriesBody.read(row.getInt(1), shape, body));
            }
        }
        return all;
    }

    /** What tells series apart: their content and who named their samples. */
    UUID fingerprint(Shape shape, String ownNamespace) {
        byte[] content = shape.content();
        byte[] namespace = (ownNamespace + '\0').getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[namespace.length + content.length];
        System.arraycopy(namespace, 0, both, 0, namespace.length);
        System.arraycopy(content, 0, both, namespace.length, content.length);
        return key.fingerprint(both);
    }

    /** The caller tells {@link SeriesHead#moved}. */
    Series insert(int number, UUID fingerprint, Shape shape, String ownNamespace) throws SQLException {
        byte[] body = SeriesBody.write(shape, ownNamespace);
        Sql sql = Sql.of(
                "INSERT INTO series (person_id, number, shape, body) VALUES (?, ?, ?, ?)",
                person.value(),
                number,
                fingerprint,
                key.encrypt(body, SeriesBody.context(person, fingerprint)));
        execute(sql);
        return SeriesBody.read(number, fingerprint, body);
    }

    void update(Series series) throws SQLException {
        byte[] body = SeriesBody.write(series.shape(), series.ownNamespace());
        Sql sql = Sql.of(
                "UPDATE series SET body = ? WHERE person_id = ? AND number = ?",
                key.encrypt(body, SeriesBody.context(person, series.key())),
                person.value(),
                series.number());
        execute(sql);
        SeriesHead.moved(connection, person);
    }

    private void execute(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.executeUpdate();
        }
    }
}
