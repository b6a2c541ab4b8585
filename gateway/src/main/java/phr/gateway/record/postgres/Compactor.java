package phr.gateway.record.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;

/** Compacts the packed samples of whoever has many fresh ones, or some for long. */
@Singleton
final class Compactor {

    private static final int MANY_CHUNKS = 32;
    private static final int MANY_SAMPLES = 8_192;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int PERSONS = 200;

    /** A record rests so many times as long as it was compacted: who sends in full flow seldom waits, and steps become larger. */
    private static final int REST = 4;

    private static final long LONGEST_REST = Duration.ofSeconds(5).toNanos();

    private final Transactions transactions;
    private final DataKeys keys;
    private final SeriesCache series;
    private final Clock clock;
    private final Map<PersonId, Long> resting = new ConcurrentHashMap<>();

    @Inject
    Compactor(DataSource dataSource, TransactionManager manager, DataKeys keys, SeriesCache series, Clock clock) {
        this.transactions = new Transactions(dataSource, manager);
        this.keys = keys;
        this.series = series;
        this.clock = clock;
    }

    /** Those for whom it is time. */
    List<PersonId> waiting() {
        resting.values().removeIf(until -> until - System.nanoTime() <= 0);
        Sql sql = Sql.of(
                "SELECT person_id FROM sample_chunk WHERE fresh GROUP BY person_id"
                        + " HAVING count(*) >= ? OR sum(samples) >= ? OR min(updated) < ? LIMIT ?",
                MANY_CHUNKS,
                MANY_SAMPLES,
                clock.instant().minus(LONG).toEpochMilli(),
                PERSONS + resting.size());
        return transactions.read(connection -> {
            List<PersonId> persons = new ArrayList<>();
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    persons.add(new PersonId(row.getObject(1, UUID.class)));
                }
                persons.removeAll(resting.keySet());
            }
            return persons;
        });
    }

    /** Everything fresh of one person, in transactions of bounded size. */
    void compact(PersonId person) {
        long begin = System.nanoTime();
        boolean more = true;
        while (more) {
            more = round(person);
        }
        long end = System.nanoTime();
        resting.put(person, end + Math.min(LONGEST_REST, REST * (end - begin)));
    }

    private boolean round(PersonId person) {
        try {
            return transactions.write(connection -> round(connection, person));
        } catch (Overtaken e) {
            return transactions.write(connection -> {
                PersonLock.takeToCompact(connection, person);
                PersonLock.take(connection, person);
                return round(connection, person);
            });
        }
    }

    /** Where the transaction holds the locks already, to take them again costs nothing. */
    private boolean round(Connection connection, PersonId person) throws SQLException {
        PersonLock.takeToCompact(connection, person);
        Optional<DataKey> key = keys.find(connection, person);
        Optional<SeriesHead> head = SeriesHead.load(connection, person);
        if (key.isEmpty() || head.isEmpty()) {
            return false;
        }
        Compaction.Locking lock = () -> {
            PersonLock.take(connection, person);
            if (!keys.find(connection, person).equals(key)) {
                throw new Overtaken();
            }
        };
        List<Series> all = series.of(connection, person, key.get(), head.get());
        return new Compaction(connection, person, key.get(), all, lock).run();
    }
}
