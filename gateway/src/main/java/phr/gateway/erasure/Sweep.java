package phr.gateway.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import phr.fhir.PersonId;
import phr.gateway.erasure.ErasedTables.Erased;
import phr.gateway.keys.KeysConfig;
import phr.gateway.record.postgres.PersonLock;

/**
 * Deletes the rows of who was erased, in transactions of bounded size; each counts what it deleted, so that one that is cut off
 * goes on where it was. A request that had begun before may still leave a row without meaning: so the last look is taken when none
 * of them can be alive.
 */
@Singleton
class Sweep {

    private final ErasureTransactions transactions;
    private final Duration settle;
    private final Clock clock;

    @Inject
    Sweep(ErasureTransactions transactions, KeysConfig config, Clock clock) {
        this(transactions, config.settle(), clock);
    }

    /** @param settle no request that began before an erasure lives longer */
    Sweep(ErasureTransactions transactions, Duration settle, Clock clock) {
        this.transactions = transactions;
        this.settle = settle;
        this.clock = clock;
    }

    /** Between the first pass, when it has come to its end, and the last look there is nothing to do. */
    void run(Erasure erasure) {
        Instant now = clock.instant();
        boolean last = !now.isBefore(erasure.erased().plus(settle));
        if (erasure.completed() != null && !last) {
            return;
        }
        for (Erased table : ErasedTables.ERASED) {
            long rows = 1;
            while (rows > 0) {
                rows = transactions.run(connection -> batch(connection, erasure.person(), table));
            }
        }
        transactions.run(connection -> {
            ErasureSql.finished(connection, erasure.person(), now, last);
            return erasure;
        });
    }

    private static long batch(Connection connection, PersonId person, Erased table) throws SQLException {
        PersonLock.take(connection, person);
        if (table.locks() != null) {
            try (PreparedStatement locks = connection.prepareStatement(table.locks())) {
                locks.setObject(1, person.value());
                locks.execute();
            }
        }
        long rows;
        try (PreparedStatement delete = connection.prepareStatement(table.sql())) {
            delete.setObject(1, person.value());
            delete.setObject(2, person.value());
            try (ResultSet row = delete.executeQuery()) {
                row.next();
                rows = row.getLong(1);
            }
        }
        if (rows > 0) {
            ErasureSql.count(connection, person, table.table(), rows);
        }
        return rows;
    }
}
