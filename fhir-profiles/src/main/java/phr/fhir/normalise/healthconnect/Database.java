package phr.fhir.normalise.healthconnect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * A private copy of a database, opened so that nothing in it can write, run or grow: read-only and immutable, no views, triggers or
 * computed columns, short values, a budget of work between two rows.
 */
final class Database implements AutoCloseable {

    static final long LARGEST = 2L * 1024 * 1024 * 1024;
    private static final int LONGEST_VALUE = 1024 * 1024;
    private static final int MOST_COLUMNS = 400;
    private static final int STEP = 100_000;
    private static final int MOST_STEPS = 500;

    private final Path file;
    private final Connection connection;
    private int steps;

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED or TOO_LARGE */
    static Database copy(InputStream in) throws IOException {
        Path file = Files.createTempFile("health-connect", ".db");
        try {
            spool(in, file);
            Database database = new Database(file, open(file));
            database.prepare();
            return database;
        } catch (SQLException e) {
            Files.deleteIfExists(file);
            throw Failure.of(Category.MALFORMED, "HC-2", "the database is damaged")
                    .exception();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void spool(InputStream in, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > LARGEST) {
                    throw Failure.of(Category.TOO_LARGE, "HC-3", "the database is larger than 2 GiB")
                            .exception();
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        return config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=ro&immutable=1");
    }

    private void prepare() throws SQLException {
        SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA mmap_size = 0");
        }
        sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
        sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, MOST_COLUMNS);
        sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        ProgressHandler.setHandler(connection, STEP, new ProgressHandler() {
            @Override
            protected int progress() {
                return ++steps > MOST_STEPS ? 1 : 0;
            }
        });
        tables();
    }

    /** A row has come: the budget of work begins anew. */
    void moved() {
        steps = 0;
    }

    /** Names of the tables that hold data and nothing else. */
    Set<String> tables() throws SQLException {
        moved();
        Set<String> names = new TreeSet<>();
        String sql =
                "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND sql NOT LIKE '%GENERATED%'"
                        + " AND sql NOT LIKE '% AS (%' AND sql NOT LIKE '%VIRTUAL%' LIMIT 1000";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (name != null && name.matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    Set<String> columns(String table) throws SQLException {
        moved();
        Set<String> names = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (rows.next()) {
                names.add(String.valueOf(rows.getString("name")));
            }
        }
        return names;
    }

    Statement statement() throws SQLException {
        moved();
        return connection.createStatement();
    }

    @Override
    public void close() throws IOException {
        try {
            ProgressHandler.clearHandler(connection);
            connection.close();
        } catch (SQLException e) {
            // nothing was written; the file goes either way
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
