package phr.gateway.record.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKeys;
import phr.gateway.keys.MasterKeys;
import phr.gateway.record.Owners;
import phr.gateway.record.RecordOnDiskContract;
import phr.gateway.record.RecordStore;

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
                database.dataSource(), database.manager(), keys, clock, new SeriesCache(), List.of());
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
        Set<Path> files = new LinkedHashSet<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().filter(Files::isRegularFile).anyMatch(file -> holds(file, bytes));
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
        } catch (NoSuchFileException e) {
            // the server makes and removes caches while it runs
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
