package phr.gateway.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Transactions of their own: what is erased is not brought back by whoever called. */
@Singleton
class ErasureTransactions {

    private static final int ATTEMPTS = 4;

    /** Whoever else writes about the person may lock in another order; the database then picks one who begins again. */
    private static final String DEADLOCK = "40P01";

    private final DataSource database;

    @Inject
    ErasureTransactions(DataSource database) {
        this.database = database;
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !DEADLOCK.equals(e.getSQLState())) {
                    throw Failure.of(Category.UNAVAILABLE, "erasure", "nothing can be erased now; ask again")
                            .exception();
                }
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
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
        }
    }
}
