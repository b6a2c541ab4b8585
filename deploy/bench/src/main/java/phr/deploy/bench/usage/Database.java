package phr.deploy.bench.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phr.deploy.postgres.LocalPostgres;

/** The one PostgreSQL of a run, with settings that fit a server rather than a demo; the same for everybody. */
public final class Database implements AutoCloseable {

    /** What differs from {@link LocalPostgres}; commits stay durable. */
    public static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "2GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "wal_compression", "pglz",
            "effective_cache_size", "8GB",
            "work_mem", "32MB",
            "maintenance_work_mem", "256MB",
            "random_page_cost", "1.1");

    private static final List<String> SHOWN =
            List.of("server_version", "fsync", "synchronous_commit", "full_page_writes");

    private final LocalPostgres postgres;
    private final Path directory;

    private Database(LocalPostgres postgres, Path directory) {
        this.postgres = postgres;
        this.directory = directory;
    }

    public static Database start(Path directory) throws SQLException {
        try (LocalPostgres first = LocalPostgres.start(directory);
                Connection connection =
                        DriverManager.getConnection(first.jdbcUrl(), first.username(), first.password());
                Statement alter = connection.createStatement()) {
            for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
                alter.execute("ALTER SYSTEM SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
        }
        return new Database(LocalPostgres.start(directory), directory);
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    /** Process id of the postmaster. */
    public long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                .get(0)
                .strip());
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), postgres.username(), postgres.password());
    }

    /** Bytes of all tables and indexes of a database. */
    public long size(String database) throws SQLException {
        return Long.parseLong(one(database, "SELECT pg_database_size('" + database + "')"));
    }

    /** Writes back what is only in memory, so that the next measurement does not pay for the last. */
    public void settle() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement checkpoint = connection.createStatement()) {
            checkpoint.execute("CHECKPOINT");
        }
    }

    /** As it is when the housekeeping of a time of growth is done: without it the next measurement would pay for that. */
    public void vacuum(String database) throws SQLException {
        try (Connection connection = connect(database);
                Statement vacuum = connection.createStatement()) {
            vacuum.execute("VACUUM (ANALYZE)");
        }
    }

    /** Version and durability as the server itself tells them. */
    public Map<String, String> shown() throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : SHOWN) {
            values.put(name, one("postgres", "SHOW " + name));
        }
        return values;
    }

    private String one(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
