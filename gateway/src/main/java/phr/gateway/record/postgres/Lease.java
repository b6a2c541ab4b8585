package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection to read from for a while.
 *
 * @param own opened for this reader; otherwise it belongs to the transaction of the caller
 */
record Lease(Connection connection, boolean own) implements AutoCloseable {

    static Lease own(Connection connection) throws SQLException {
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return new Lease(connection, true);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (own) {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        }
    }
}
