package phr.gateway.ingest;

import java.sql.SQLException;

/** A statement that failed. The message of the driver may quote rows, so only its state goes on. */
final class DatabaseFault {

    private DatabaseFault() {}

    static RuntimeException of(SQLException e) {
        return new IllegalStateException("database refuses with SQL state " + e.getSQLState());
    }
}
