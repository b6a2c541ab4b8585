package phr.gateway.audit;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The access log. It has connections of its own: evidence neither waits for the readers it witnesses nor rolls back with the
 * work.
 */
@ApplicationScoped
public class AccessLog {

    private static final Logger LOG = Logger.getLogger(AccessLog.class);

    /** Read at a time where some are hidden. */
    private static final int MANY = 500;

    private final javax.sql.DataSource database;
    private final Clock clock;

    AccessLog(@DataSource("audit") javax.sql.DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Appends one entry and returns when it is durable.
     *
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when it cannot be written; then nothing may be answered
     */
    public void append(AccessEvent event) {
        append(event, new Tally());
    }

    /**
     * As {@link #append(AccessEvent)}, with what is handed out or taken in. When that is still to leave, the tally records the
     * end of it here.
     */
    public void append(AccessEvent event, Tally tally) {
        long entry = inTransaction(connection -> append(connection, event, tally));
        if (tally.isLater()) {
            tally.entered((complete, items) -> end(event.person(), entry, complete, items));
        }
    }

    /** How many accesses to her record the directive, in whatever version, has permitted since then. */
    public long permitted(PersonId person, String directive, Instant since) {
        return inTransaction(connection -> AuditSql.permitted(connection, person, directive, since));
    }

    /** Newest first, as many as are wanted of those that are not hidden. */
    List<AuditEntry> page(PersonId person, long before, int count, Discretion discretion) {
        return inTransaction(connection -> {
            List<AuditEntry> page = new ArrayList<>();
            long[] last = {before, 0};
            do {
                last[1] = 0;
                AuditSql.page(connection, person, last[0], discretion.none() ? count : MANY, (entry, delivered) -> {
                    last[0] = entry.seq();
                    last[1]++;
                    if (page.size() < count && !discretion.hides(entry, delivered)) {
                        page.add(entry);
                    }
                });
            } while (page.size() < count && last[1] == MANY);
            return page;
        });
    }

    private long append(Connection connection, AccessEvent event, Tally tally) throws SQLException {
        List<Counterpart> receivers = new ArrayList<>();
        String organisationName = null;
        if (event.organisation() != null) {
            AuditSql.counterpart(connection, event.organisation(), "RECIPIENT").ifPresent(receivers::add);
            organisationName = receivers.isEmpty() ? null : receivers.get(0).name();
        }
        if (event.vendor() != null && !event.vendor().equals(event.organisation())) {
            AuditSql.counterpart(connection, event.vendor(), "VENDOR").ifPresent(receivers::add);
        }
        AuditSql.Tip tip = AuditSql.lockedTip(connection, event.person());
        String detail = Detail.of(receivers, event.system(), tally);
        AuditEntry entry = AuditEntry.next(tip, now(), event, organisationName, detail);
        AuditSql.insert(connection, entry);
        return entry.seq();
    }

    /** The answer is out already, so a failure can only be reported; the entry then says that its end is not known. */
    private void end(PersonId person, long entry, boolean complete, String items) {
        try {
            inTransaction(connection -> {
                AuditSql.Tip tip = DeliverySql.lockedTip(connection, person);
                DeliverySql.insert(connection, DeliveryEntry.next(tip, person, entry, now(), complete, items));
                return tip;
            });
        } catch (RuntimeException e) {
            LOG.error("the end of a delivery cannot be recorded");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "audit", "the access log cannot be used now")
                    .exception();
        }
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
