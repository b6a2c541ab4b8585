package phr.gateway.rotation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.keys.DataKeys;
import phr.gateway.keys.KeysConfig;
import phr.gateway.record.postgres.PersonLock;

/** Table {@code key_rotation}: whose payloads are being written anew. */
@Singleton
class KeyRotations {

    private static final int PERSONS = 200;

    private final DataSource database;
    private final DataKeys keys;
    private final KeysConfig config;
    private final Clock clock;

    @Inject
    KeyRotations(DataSource database, DataKeys keys, KeysConfig config, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /** @param began told apart from an earlier rotation of the same person */
    record Rotation(PersonId person, Instant began) {}

    /**
     * From now on her payloads are encrypted with a new key. While a rotation is under way it answers that one.
     *
     * @return empty when she has no key
     */
    Optional<Rotation> begin(PersonId person) {
        Rotation rotation = new Rotation(person, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return transaction(connection -> {
            PersonLock.take(connection, person);
            Optional<Rotation> known = find(connection, person);
            if (known.isPresent()) {
                return known;
            }
            if (!keys.renew(connection, person)) {
                return Optional.empty();
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO key_rotation (person_id, began) VALUES (?, ?)")) {
                insert.setObject(1, person.value());
                insert.setObject(2, utc(rotation.began()));
                insert.executeUpdate();
            }
            return Optional.of(rotation);
        });
    }

    Optional<Rotation> find(PersonId person) {
        return transaction(connection -> find(connection, person));
    }

    /**
     * Those that began so long ago that nobody who found the older key alone is still writing with it: everything that they wrote
     * is there to be found.
     */
    List<Rotation> due() {
        Instant before = clock.instant().minus(config.settle());
        return transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT person_id, began FROM key_rotation WHERE began <= ? ORDER BY began LIMIT " + PERSONS)) {
                select.setObject(1, utc(before));
                return read(select);
            }
        });
    }

    /** The older keys are gone from now on, also for a copy of the database that is made later. */
    void finish(Rotation rotation) {
        transaction(connection -> {
            PersonLock.take(connection, rotation.person());
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM key_rotation WHERE person_id = ? AND began = ?")) {
                delete.setObject(1, rotation.person().value());
                delete.setObject(2, utc(rotation.began()));
                if (delete.executeUpdate() == 1) {
                    keys.settle(connection, rotation.person());
                }
            }
            return rotation;
        });
    }

    private static Optional<Rotation> find(Connection connection, PersonId person) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT person_id, began FROM key_rotation WHERE person_id = ?")) {
            select.setObject(1, person.value());
            return read(select).stream().findFirst();
        }
    }

    private static List<Rotation> read(PreparedStatement select) throws SQLException {
        List<Rotation> rotations = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rotations.add(new Rotation(
                        new PersonId(row.getObject(1, UUID.class)),
                        row.getObject(2, OffsetDateTime.class).toInstant()));
            }
        }
        return rotations;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> T transaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "KEY-7", "keys cannot be rotated now")
                    .exception();
        }
    }
}
