package phr.gateway.record.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKeys;
import phr.gateway.keys.MasterKeys;
import phr.gateway.record.Owners;
import phr.gateway.record.RecordStore;
import phr.gateway.record.RecordStoreContract;

/** The contract on a real PostgreSQL, through two nodes in turns: what one remembers, the other may have changed. */
class PostgresRecordStoreTest extends RecordStoreContract {

    @TempDir
    static Path directory;

    private static Database database;
    private static List<RecordStore> nodes;
    private static int turn;
    private static Owners owners;
    private static Compactor compactor;

    @BeforeAll
    static void start() throws SQLException {
        database = new Database(directory);
        Clock clock = Clock.systemUTC();
        DataKeys keys = new DataKeys(MasterKeys.of(new byte[32]), clock);
        SeriesCache series = new SeriesCache();
        nodes = List.of(node(keys, clock, series), node(keys, clock, new SeriesCache()));
        compactor = new Compactor(database.dataSource(), database.manager(), keys, series, clock);
        owners = new DocumentOwners(database.dataSource(), database.manager(), keys, series);
    }

    private static RecordStore node(DataKeys keys, Clock clock, SeriesCache series) {
        return new PostgresRecordStore(database.dataSource(), database.manager(), keys, clock, series, List.of());
    }

    @AfterAll
    static void stop() {
        assertEquals(0, database.dataSource().getMetrics().activeCount(), "connections that nobody gave back");
        database.close();
    }

    @Override
    public RecordStore store() {
        turn++;
        return nodes.get(turn % nodes.size());
    }

    @Override
    public Owners owners() {
        return owners;
    }

    @Override
    public void changeConsents(PersonId person) {
        database.changeConsents(person);
    }

    @Override
    public void settle(PersonId person) {
        compactor.compact(person);
    }

    /** It stands before the person's lock when the change becomes visible. */
    @Override
    public void settleDuring(PersonId person, Runnable change) {
        Thread settling = new Thread(() -> settle(person));
        AtomicReference<Throwable> failed = new AtomicReference<>();
        settling.setUncaughtExceptionHandler((thread, failure) -> failed.set(failure));
        Transactions transactions = new Transactions(database.dataSource(), database.manager());
        boolean waited = transactions.together(() -> {
            change.run();
            settling.start();
            while (settling.isAlive() && !database.waiting()) {
                Thread.onSpinWait();
            }
            return settling.isAlive();
        });
        try {
            settling.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertNull(failed.get());
        assertTrue(waited);
    }
}
