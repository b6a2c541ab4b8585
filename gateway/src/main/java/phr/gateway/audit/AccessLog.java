package phr.gateway.audit;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The access log. It has connections of its own: evidence neither waits for the readers it witnesses nor rolls back with the
 * work.
 */
@ApplicationScoped
public class AccessLog {

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
        inTransaction(connection -> append(connection, event));
    }

    /** Newest first. */
    List<AuditEntry> page(PersonId person, long before, int count) {
        return inTransaction(connection -> AuditSql.page(connection, person, before, count));
    }

    /** Every entry, oldest first, and then the tip of the chain. */
    Verification verify(PersonId person) {
        return inTransaction(connection -> {
            AuditSql.Tip tip = AuditSql.tip(connection, person);
            Verification verification = new Verification();
            AuditSql.each(connection, person, verification::accept);
            return verification.closedBy(tip);
        });
    }

    private Void append(Connection connection, AccessEvent event) throws SQLException {
        String organisationName =
                event.organisation() == null ? null : AuditSql.organisationName(connection, event.organisation());
        AuditSql.Tip tip = AuditSql.lockedTip(connection, event.person());
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AuditEntry entry = AuditEntry.next(tip, at, event, organisationName);
        AuditSql.insert(connection, entry);
        return null;
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
