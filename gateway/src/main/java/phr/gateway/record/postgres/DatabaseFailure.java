package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** A failure of the database without its message: PostgreSQL quotes values of rows there. */
final class DatabaseFailure {

    private DatabaseFailure() {}

    static FailureException of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        FailureException failure = Failure.of(category(e, state), "STO-9", "the database answered with state " + state)
                .exception();
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    static FailureException ofTransaction(Exception e) {
        FailureException failure = Failure.of(
                        Category.UNAVAILABLE,
                        "STO-8",
                        "the transaction could not be ended: " + e.getClass().getSimpleName())
                .exception();
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    /** Connection, resources, operator intervention and lost races may work the next time; anything else is a fault. */
    private static Category category(SQLException e, String state) {
        boolean transientState = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40")
                || state.isEmpty();
        return transientState || e instanceof SQLTransientException ? Category.UNAVAILABLE : Category.FAULT;
    }
}
