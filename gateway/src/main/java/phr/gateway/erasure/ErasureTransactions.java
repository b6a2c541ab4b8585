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

    private final DataSource database;

    @Inject
    ErasureTransactions(DataSource database) {
        this.database = database;
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work) {
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
            throw Failure.of(Category.UNAVAILABLE, "erasure", "nothing can be erased now; ask again")
                    .exception();
        }
    }
}
