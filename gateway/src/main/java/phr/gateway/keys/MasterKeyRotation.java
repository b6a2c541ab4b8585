package phr.gateway.keys;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Wraps with the newest master key what older ones wrapped. Runs after the start and every hour while there are several; it can
 * be cut off at any point and may run on all nodes at once. When it reports that nothing is left, older keys may be taken away.
 */
@Singleton
final class MasterKeyRotation {

    private static final Logger LOG = Logger.getLogger(MasterKeyRotation.class);
    private static final int PAGE = 500;

    private final javax.sql.DataSource database;
    private final MasterKeys masterKeys;
    private final AtomicLong left = new AtomicLong();

    @Inject
    MasterKeyRotation(
            @DataSource("audit") javax.sql.DataSource database, MasterKeys masterKeys, MeterRegistry metrics) {
        this(database, masterKeys);
        metrics.gauge("phr.keys.under.unknown.master", left);
    }

    MasterKeyRotation(javax.sql.DataSource database, MasterKeys masterKeys) {
        this.database = database;
        this.masterKeys = masterKeys;
    }

    /**
     * What one run did.
     *
     * @param wrapped data keys that are now under the newest master key
     * @param left data keys that no configured master key opens
     */
    record Run(long wrapped, long left) {

        Run plus(Run other) {
            return new Run(wrapped + other.wrapped, left + other.left);
        }
    }

    private record Row(@Nullable UUID person, byte[] wrapped) {

        byte[] owner() {
            return person == null ? StoredSecrets.OWNER : DataKeys.owner(new PersonId(person));
        }
    }

    @Scheduled(every = "1h", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void runWhenDue() {
        if (masterKeys.several()) {
            try {
                Run run = run();
                LOG.infof(
                        "master key rotation: %d data keys wrapped anew, %d under unknown keys",
                        run.wrapped(), run.left());
            } catch (SQLException | RuntimeException e) {
                LOG.warnf("master key rotation was cut off: %s", e.getClass().getName());
            }
        }
    }

    Run run() throws SQLException {
        try (Connection connection = database.getConnection()) {
            Run run = secret(connection);
            UUID after = new UUID(0, 0);
            List<Row> page = page(connection, after);
            while (!page.isEmpty()) {
                for (Row row : page) {
                    run = run.plus(again(connection, row));
                    after = row.person();
                }
                page = page(connection, after);
            }
            left.set(run.left());
            return run;
        }
    }

    private Run secret(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT wrapped FROM installation_secret");
                ResultSet row = select.executeQuery()) {
            return row.next() ? again(connection, new Row(null, row.getBytes(1))) : new Run(0, 0);
        }
    }

    private static List<Row> page(Connection connection, @Nullable UUID after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT person_id, wrapped FROM person_key WHERE person_id > ? ORDER BY person_id LIMIT " + PAGE)) {
            select.setObject(1, after);
            List<Row> page = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.add(new Row(row.getObject(1, UUID.class), row.getBytes(2)));
                }
            }
            return page;
        }
    }

    /** Only what still stands as it was read: a key may be rotated or erased in the same moment. */
    private Run again(Connection connection, Row row) throws SQLException {
        if (masterKeys.newest(row.wrapped())) {
            return new Run(0, 0);
        }
        if (!masterKeys.known(row.wrapped())) {
            return new Run(0, 1);
        }
        byte[] wrapped = masterKeys.wrap(masterKeys.unwrap(row.wrapped(), row.owner()), row.owner());
        String table = row.person() == null
                ? "UPDATE installation_secret SET wrapped = ? WHERE wrapped = ?"
                : "UPDATE person_key SET wrapped = ? WHERE wrapped = ? AND person_id = ?";
        try (PreparedStatement update = connection.prepareStatement(table)) {
            update.setBytes(1, wrapped);
            update.setBytes(2, row.wrapped());
            if (row.person() != null) {
                update.setObject(3, row.person());
            }
            return new Run(update.executeUpdate(), 0);
        }
    }
}
