package phr.gateway.audit;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Connections of the access log's own: evidence neither waits for the readers it witnesses nor rolls back with the work. */
@ApplicationScoped
class AuditDatabase {

    private final javax.sql.DataSource connections;

    AuditDatabase(@DataSource("audit") javax.sql.DataSource connections) {
        this.connections = connections;
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** @throws phr.fhir.failure.FailureException UNAVAILABLE when the database cannot do it */
    <T> T inTransaction(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
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
            throw unavailable().exception();
        }
    }

    /**
     * Work whose one statement that writes is a transaction of its own, in a single round trip.
     *
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when the database cannot do it
     */
    <T> T inStatement(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(true);
            return work.run(connection);
        } catch (SQLException e) {
            throw unavailable().exception();
        }
    }

    static Failure unavailable() {
        return Failure.of(Category.UNAVAILABLE, "audit", "the access log cannot be used now");
    }
}
