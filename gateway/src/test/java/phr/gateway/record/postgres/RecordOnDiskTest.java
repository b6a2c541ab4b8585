package phr.gateway.record.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKeys;
import phr.gateway.keys.MasterKeys;
import phr.gateway.record.Owners;
import phr.gateway.record.RecordOnDiskContract;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Watchers;

/** Reads the files of a real PostgreSQL: tables, indexes, write-ahead log, server log. */
class RecordOnDiskTest extends RecordOnDiskContract {

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void start() throws SQLException {
        database = new Database(directory);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static RecordStore under(byte masterKey) {
        byte[] key = new byte[32];
        Arrays.fill(key, masterKey);
        Clock clock = Clock.systemUTC();
        DataKeys keys = new DataKeys(MasterKeys.of(key), clock);
        return new PostgresRecordStore(
                database.dataSource(), database.manager(), keys, clock, new SeriesCache(), Watchers.NONE);
    }

    @Override
    public RecordStore store() {
        return under((byte) 1);
    }

    @Override
    protected RecordStore underAnotherMasterKey() {
        return under((byte) 2);
    }

    @Override
    public Owners owners() {
        return new DocumentOwners(
                database.dataSource(),
                database.manager(),
                new DataKeys(MasterKeys.of(new byte[32]), Clock.systemUTC()),
                new SeriesCache());
    }

    @Override
    public void changeConsents(PersonId person) {
        database.changeConsents(person);
    }

    @Override
    public void settle(PersonId person) {
        // what is on disk is the same
    }

    @Override
    protected void destroyKey(PersonId person) {
        database.run("DELETE FROM person_key WHERE person_id = ?", person);
    }

    @Override
    protected boolean onDisk(byte[] bytes) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, byte[] bytes) {
        try {
            byte[] content = Files.readAllBytes(file);
            for (int at = 0; at <= content.length - bytes.length; at++) {
                if (Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
