package phr.gateway.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** A failure of the database without its message: PostgreSQL quotes values of rows there. */
public final class DatabaseFailure {

    private static final int CAUSES = 16;

    private DatabaseFailure() {}

    /** UNAVAILABLE when it may work the next time, else a fault. */
    public static FailureException of(SQLException e) {
        String state = state(e);
        Category category = passing(e) ? Category.UNAVAILABLE : Category.FAULT;
        FailureException failure = Failure.of(category, "STO-9", "the database answered with state " + state)
                .exception();
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    /** A transaction that could not begin or end. */
    public static FailureException ofTransaction(Exception e) {
        FailureException failure = Failure.of(
                        Category.UNAVAILABLE,
                        "STO-8",
                        "the transaction could not be ended: " + e.getClass().getSimpleName())
                .exception();
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    /** UNAVAILABLE when what a library threw comes from a database that is away or overloaded; empty for anything else. */
    public static Optional<FailureException> passing(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof SQLException e) {
                return passing(e) ? Optional.of(of(e)) : Optional.empty();
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Connection, resources, operator intervention and lost races may work the next time. */
    private static boolean passing(SQLException e) {
        String state = state(e);
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40")
                || state.isEmpty()
                || e instanceof SQLTransientException;
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
