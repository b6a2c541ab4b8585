package phr.gateway.quarantine;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.conformance.Finding;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.quarantine.Kept.Fault;
import phr.gateway.quarantine.Kept.State;
import phr.gateway.record.QuarantineStore.Subject;

/** Tables {@code quarantine} and {@code quarantine_finding}: one entry for a resource, of the version that was validated last. */
@Singleton
class QuarantineRows {

    /** Errors that are told of one resource. */
    private static final int MOST_FINDINGS = 20;

    private static final int LONGEST_TEXT = 500;

    private final DataSource database;
    private final Clock clock;

    QuarantineRows(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An entry, and the version of a series or a document it is about. */
    record Entry(
            UUID id,
            String type,
            UUID resource,
            int version,
            @Nullable Integer series,
            boolean released) {}

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Those of the resources that have an entry. */
    List<Entry> of(PersonId person, String type, Collection<UUID> resources) {
        return on(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select id, type, resource, version, series, released from quarantine"
                            + " where person_id = ? and type = ? and resource = any (?)")) {
                select.setObject(1, person.value());
                select.setString(2, type);
                select.setArray(3, connection.createArrayOf("uuid", resources.toArray()));
                return entries(select);
            }
        });
    }

    Optional<Entry> find(PersonId person, UUID id) {
        return on(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select id, type, resource, version, series, released from quarantine"
                            + " where person_id = ? and id = ?")) {
                select.setObject(1, person.value());
                select.setObject(2, id);
                return entries(select).stream().findFirst();
            }
        });
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int series = row.getInt(5);
                boolean document = row.wasNull();
                entries.add(new Entry(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, UUID.class),
                        row.getInt(4),
                        document ? null : series,
                        row.getBoolean(6)));
            }
        }
        return entries;
    }

    /** In the place of what an earlier version had. */
    void put(PersonId person, Subject subject, List<Finding> findings, String edition) {
        remove(person, subject.type(), Set.of(subject.id()));
        on(connection -> {
            UUID id = UUID.randomUUID();
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into quarantine (id, person_id, type, resource, version, series, edition, since)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setObject(1, id);
                insert.setObject(2, person.value());
                insert.setString(3, subject.type());
                insert.setObject(4, subject.id());
                insert.setInt(5, subject.version());
                insert.setObject(6, subject.series(), java.sql.Types.INTEGER);
                insert.setString(7, edition);
                insert.setObject(8, clock.instant().atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
            insert(connection, id, findings);
            return id;
        });
    }

    private static void insert(Connection connection, UUID entry, List<Finding> findings) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into quarantine_finding (entry, ordinal, rule, place, text) values (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < Math.min(findings.size(), MOST_FINDINGS); i++) {
                Finding finding = findings.get(i);
                insert.setObject(1, entry);
                insert.setInt(2, i);
                insert.setString(3, finding.rule());
                insert.setString(4, finding.place());
                insert.setString(5, shortened(finding.text()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    void remove(PersonId person, String type, Set<UUID> resources) {
        on(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from quarantine where person_id = ? and type = ? and resource = any (?)")) {
                delete.setObject(1, person.value());
                delete.setString(2, type);
                delete.setArray(3, connection.createArrayOf("uuid", resources.toArray()));
                return delete.executeUpdate();
            }
        });
    }

    void release(UUID id) {
        on(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update quarantine set released = true where id = ?")) {
                update.setObject(1, id);
                return update.executeUpdate();
            }
        });
    }

    /**
     * Entries of one person, newest first.
     *
     * @param after the last of the page before; null = from the beginning
     */
    List<Kept> page(PersonId person, @Nullable UUID after, int count) {
        return after == null
                ? kept(person, "order by since desc, id desc limit " + count)
                : kept(
                        person,
                        "and (since, id) < (select since, id from quarantine where id = ? and person_id = ?)"
                                + " order by since desc, id desc limit " + count,
                        after,
                        person.value());
    }

    Optional<Kept> kept(PersonId person, UUID id) {
        return kept(person, "and id = ?", id).stream().findFirst();
    }

    private List<Kept> kept(PersonId person, String rest, UUID... values) {
        return on(connection -> {
            List<Kept> kept = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, type, resource, version, series, released, since from quarantine where person_id = ? "
                            + rest)) {
                select.setObject(1, person.value());
                for (int i = 0; i < values.length; i++) {
                    select.setObject(i + 2, values[i]);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        kept.add(kept(connection, row));
                    }
                }
            }
            return kept;
        });
    }

    private static Kept kept(Connection connection, ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        return new Kept(
                id,
                row.getString(2) + "/" + row.getObject(3),
                row.getInt(4),
                row.getObject(5) != null,
                row.getBoolean(6) ? State.RELEASED : State.QUARANTINED,
                row.getObject(7, OffsetDateTime.class).toInstant(),
                faults(connection, id));
    }

    private static List<Fault> faults(Connection connection, UUID entry) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select rule, place, text from quarantine_finding where entry = ? order by ordinal")) {
            select.setObject(1, entry);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    faults.add(new Fault(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
        }
        return faults;
    }

    /** What operators see: which rule fails where, and how often; of nobody in particular. */
    record Count(String type, String rule, String expression, String text, long quarantined, long released) {}

    List<Count> counts(int most) {
        return on(connection -> {
            List<Count> counts = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select q.type, f.rule, f.place, min(f.text), count(distinct q.id) filter (where not q.released),"
                                    + " count(distinct q.id) filter (where q.released)"
                                    + " from quarantine q join quarantine_finding f on f.entry = q.id"
                                    + " group by 1, 2, 3 order by count(distinct q.id) desc, 1, 2, 3 limit " + most);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.add(new Count(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getLong(6)));
                }
            }
            return counts;
        });
    }

    long quarantined() {
        return on(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select count(*) from quarantine where not released");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private <T> T on(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
