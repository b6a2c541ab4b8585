package phr.gateway.quarantine;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.Watchers;

/**
 * Table {@code validation_waiting}: written in the transaction that stores, so that nothing is forgotten. Whose turn it is follows
 * from when it came and how much of the same person waits already, so that a flood for one person delays no other.
 */
@Singleton
class ValidationQueue implements Watchers {

    /** Resources of one run. */
    static final int RUN = 50;

    /** The Patient is made here, of the account; a Binary is described by its DocumentReference. */
    private static final Set<String> LEFT_OUT = Set.of("Binary", "Patient");

    /** The next resource of the same person is due so much later. */
    private static final String STEP = "interval '50 milliseconds'";

    private static final String ADD = "insert into validation_waiting (person_id, type, ids, series, due)"
            + " select ?, ?, ?, ?, greatest(?, (select max(due) from validation_waiting where person_id = ?) + " + STEP
            + " * ?)";

    /** Something waits, once the transaction is committed. */
    record Queued() {}

    private final DataSource database;
    private final Event<Queued> queued;
    private final QuarantineConfig config;
    private final Clock clock;

    ValidationQueue(DataSource database, Event<Queued> queued, QuarantineConfig config, Clock clock) {
        this.database = database;
        this.queued = queued;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void stored(Connection connection, PersonId person, Written written) throws SQLException {
        if (!config.enabled()) {
            return;
        }
        List<Waiting> all = new ArrayList<>();
        for (String type : written.documents()) {
            if (!LEFT_OUT.contains(type)) {
                all.addAll(cut(person, type, written.idsOf().apply(type)));
            }
        }
        for (Map.Entry<Integer, UUID> begun : written.series().entrySet()) {
            all.add(new Waiting(0, person, "Observation", List.of(begun.getValue()), begun.getKey(), 0));
        }
        if (!all.isEmpty()) {
            add(connection, all);
            queued.fire(new Queued());
        }
    }

    private static List<Waiting> cut(PersonId person, String type, List<UUID> ids) {
        List<Waiting> runs = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += RUN) {
            List<UUID> run = List.copyOf(ids.subList(from, Math.min(from + RUN, ids.size())));
            runs.add(new Waiting(0, person, type, run, null, 0));
        }
        return runs;
    }

    private void add(Connection connection, List<Waiting> all) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            for (Waiting one : all) {
                insert.setObject(1, one.person().value());
                insert.setString(2, one.type());
                insert.setArray(3, connection.createArrayOf("uuid", one.ids().toArray()));
                insert.setObject(4, one.series(), java.sql.Types.INTEGER);
                insert.setObject(5, utc(clock.instant()));
                insert.setObject(6, one.person().value());
                insert.setInt(7, one.ids().size());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** What comes next; it is of whoever took it until then. */
    Optional<Waiting> take(UUID token, @Nullable PersonId only) {
        Instant now = clock.instant();
        String sql = "update validation_waiting set taken = ?, lease_until = ?, takes = takes + 1 where number ="
                + " (select number from validation_waiting where (lease_until is null or lease_until <= ?)"
                + (only == null ? "" : " and person_id = ?")
                + " order by due, number limit 1 for update skip locked)"
                + " returning number, person_id, type, ids, series, takes";
        try (Connection connection = database.getConnection();
                PreparedStatement take = connection.prepareStatement(sql)) {
            take.setObject(1, token);
            take.setObject(2, utc(now.plus(config.lease())));
            take.setObject(3, utc(now));
            if (only != null) {
                take.setObject(4, only.value());
            }
            try (ResultSet row = take.executeQuery()) {
                return row.next() ? Optional.of(waiting(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        int series = row.getInt(5);
        boolean documents = row.wasNull();
        return new Waiting(
                row.getLong(1),
                new PersonId(row.getObject(2, UUID.class)),
                row.getString(3),
                List.of((UUID[]) row.getArray(4).getArray()),
                documents ? null : series,
                row.getInt(6));
    }

    /** In the transaction that writes down what was found. @return false when it is somebody else's by now */
    boolean done(Waiting waiting, UUID token) {
        return write("delete from validation_waiting where number = ? and taken = ?", waiting.number(), token) == 1;
    }

    /** It may be taken again from then on. */
    void release(Waiting waiting, UUID token, Duration pause) {
        write(
                "update validation_waiting set taken = null, lease_until = ? where number = ? and taken = ?",
                utc(clock.instant().plus(pause)),
                waiting.number(),
                token);
    }

    /** One by one, so that the one that nobody survives is alone. In the transaction that takes the whole away. */
    void alone(Waiting waiting) {
        write(
                "insert into validation_waiting (person_id, type, ids, due, takes)"
                        + " select ?, ?, array[id], ?, ? from unnest(?) as i (id)",
                waiting.person().value(),
                waiting.type(),
                utc(clock.instant()),
                waiting.takes() - 1,
                waiting.ids().toArray(UUID[]::new));
    }

    /** What an earlier edition of the validator found wrong. @return how many resources */
    int again(String edition) {
        int count = write(
                "insert into validation_waiting (person_id, type, ids, series, due)"
                        + " select q.person_id, q.type, array[q.resource], q.series, ? from quarantine q"
                        + " where not q.released and q.edition <> ?",
                utc(clock.instant()),
                edition);
        write("update quarantine set edition = ? where not released and edition <> ?", edition, edition);
        return count;
    }

    long size() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select coalesce(sum(cardinality(ids)), 0) from validation_waiting");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private int write(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof UUID[] ids) {
                    statement.setArray(i + 1, connection.createArrayOf("uuid", ids));
                } else {
                    statement.setObject(i + 1, values[i]);
                }
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
