package phr.gateway.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.erasure.Erasure.Ground;
import phr.gateway.notices.ErasureNotices.Recipient;

/** The statements of table {@code erasure}. */
final class ErasureSql {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String SELECT =
            "SELECT person_id, id, ground, erased, completed, swept, kept_until, recipients, counts"
                    + " FROM erasure WHERE ";

    private ErasureSql() {}

    static void insert(Connection connection, Erasure erasure) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO erasure"
                + " (person_id, id, ground, erased, kept_until, recipients, counts)"
                + " VALUES (?, ?, ?, ?, ?, ?::jsonb, '{}')")) {
            insert.setObject(1, erasure.person().value());
            insert.setObject(2, erasure.id());
            insert.setString(3, erasure.ground().name());
            insert.setObject(4, utc(erasure.erased()));
            insert.setObject(5, utc(erasure.keptUntil()));
            insert.setString(6, JSON.writeValueAsString(erasure.recipients()));
            insert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts is JSON");
        }
    }

    static List<Erasure> of(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + "id = ?")) {
            select.setObject(1, id);
            return read(select);
        }
    }

    static List<Erasure> unfinished(Connection connection, int count) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "swept IS NULL ORDER BY completed NULLS FIRST LIMIT " + count)) {
            return read(select);
        }
    }

    static void count(Connection connection, PersonId person, String table, long rows) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE erasure SET counts = counts"
                + " || jsonb_build_object(?::text, coalesce((counts ->> ?)::bigint, 0) + ?) WHERE person_id = ?")) {
            update.setString(1, table);
            update.setString(2, table);
            update.setLong(3, rows);
            update.setObject(4, person.value());
            update.executeUpdate();
        }
    }

    /** @param swept whether nothing can come any more */
    static void finished(Connection connection, PersonId person, Instant now, boolean swept) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE erasure SET completed = coalesce(completed, ?),"
                        + " swept = CASE WHEN ? THEN ? ELSE swept END WHERE person_id = ?")) {
            update.setObject(1, utc(now));
            update.setBoolean(2, swept);
            update.setObject(3, utc(now));
            update.setObject(4, person.value());
            update.executeUpdate();
        }
    }

    private static List<Erasure> read(PreparedStatement select) throws SQLException {
        List<Erasure> erasures = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                erasures.add(new Erasure(
                        new PersonId(row.getObject(1, UUID.class)),
                        row.getObject(2, UUID.class),
                        Ground.valueOf(row.getString(3)),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        instant(row, 5),
                        instant(row, 6),
                        instant(row, 7),
                        JSON.readValue(row.getString(8), new TypeReference<List<Recipient>>() {}),
                        new TreeMap<>(
                                JSON.readValue(row.getString(9), new TypeReference<TreeMap<String, Long>>() {}))));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tombstone is not as it was written");
        }
        return erasures;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
