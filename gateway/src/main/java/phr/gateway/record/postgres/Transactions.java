package phr.gateway.record.postgres;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import phr.gateway.database.DatabaseFailure;

/** Joins the caller's transaction where there is one, else makes one. */
final class Transactions {

    /** Long enough for the import of a whole record. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    /** Work on a connection. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final TransactionManager manager;

    Transactions(DataSource dataSource, TransactionManager manager) {
        this.dataSource = dataSource;
        this.manager = manager;
    }

    /** One transaction, all or nothing. */
    <T> T write(Work<T> work) {
        return together(() -> read(work));
    }

    /** A few statements; without a transaction of the caller each sees its own moment. */
    <T> T read(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** A connection to read from for a while; closed by whoever reads. */
    Lease lease() throws SQLException {
        return active() ? new Lease(dataSource.getConnection(), false) : Lease.own(dataSource.getConnection());
    }

    <T> T together(Supplier<T> work) {
        return active() ? joined(work) : own(work);
    }

    /** A caller that swallows the exception must not commit the half. */
    private <T> T joined(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            doomed();
            throw e;
        }
    }

    private <T> T own(Supplier<T> work) {
        begin();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
        commit();
        return result;
    }

    /** Whether the caller has one. */
    boolean active() {
        try {
            return manager.getStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (SystemException e) {
            throw DatabaseFailure.ofTransaction(e);
        }
    }

    private void begin() {
        try {
            manager.setTransactionTimeout((int) TIMEOUT.toSeconds());
            try {
                manager.begin();
            } finally {
                manager.setTransactionTimeout(0);
            }
        } catch (NotSupportedException | SystemException e) {
            throw DatabaseFailure.ofTransaction(e);
        }
    }

    private void commit() {
        try {
            manager.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
            throw DatabaseFailure.ofTransaction(e);
        }
    }

    private void rollback() {
        try {
            manager.rollback();
        } catch (SystemException e) {
            throw DatabaseFailure.ofTransaction(e);
        }
    }

    private void doomed() {
        try {
            manager.setRollbackOnly();
        } catch (SystemException e) {
            throw DatabaseFailure.ofTransaction(e);
        }
    }
}
