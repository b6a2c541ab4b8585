package phr.deploy.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.deploy.machine.StartupException;

class LocalPostgresTest {

    @TempDir
    Path directory;

    @Test
    void keepsRowsOverARestart() throws SQLException {
        try (LocalPostgres first = LocalPostgres.start(directory)) {
            execute(first, "create table kept (n int); insert into kept values (7)");
        }
        try (LocalPostgres second = LocalPostgres.start(directory)) {
            assertEquals("7", query(second, "select n from kept"));
        }
    }

    @Test
    void commitsAreDurableAndTheServerListensOnLoopbackOnly() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(directory)) {
            assertEquals("on", query(postgres, "show fsync"));
            assertEquals("on", query(postgres, "show synchronous_commit"));
            assertEquals("127.0.0.1", query(postgres, "show listen_addresses"));
            assertEquals("", query(postgres, "show unix_socket_directories"));
            assertEquals("60", query(postgres, "show max_connections"));
            assertEquals("UTF8", query(postgres, "show server_encoding"));
            assertEquals("C", query(postgres, "select datcollate from pg_database where datname = 'postgres'"));
        }
    }

    @Test
    void refusesAWrongPasswordAndKeepsTheRightOnePrivate() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(directory)) {
            SQLException refused = assertThrows(
                    SQLException.class, () -> DriverManager.getConnection(postgres.jdbcUrl(), "phr", "wrong"));
            assertEquals("28P01", refused.getSQLState());
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(directory.resolve("password")));
            assertTrue(postgres.password().length() >= 40);
        }
    }

    @Test
    void makesADatabaseOnce() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(directory)) {
            postgres.createDatabase("phr_a");
            postgres.createDatabase("phr_a");
            assertEquals("1", query(postgres, "select count(*) from pg_database where datname = 'phr_a'"));
            assertThrows(IllegalArgumentException.class, () -> postgres.createDatabase("x; drop table kept"));
        }
    }

    @Test
    void aDirectoryInUseIsNotTakenAway() {
        try (LocalPostgres postgres = LocalPostgres.start(directory)) {
            StartupException refused = assertThrows(StartupException.class, () -> LocalPostgres.start(directory));
            assertTrue(refused.getMessage().contains("in use by another running program"));
            assertTrue(refused.getMessage().contains("What to do:"));
            assertTrue(postgres.port() > 0);
        }
    }

    @Test
    void theServerOfAKilledOwnerIsStoppedByTheNextStart() throws Exception {
        Process owner = owner();
        try {
            assertEquals("started", owner.inputReader().readLine());
            long orphan = Postmaster.of(directory.resolve("data")).orElseThrow().pid();
            owner.destroyForcibly().waitFor();
            assertTrue(ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false), "orphan still runs");

            try (LocalPostgres next = LocalPostgres.start(directory)) {
                awaitEnd(orphan);
                assertEquals("7", query(next, "select n from kept"));
            }
        } finally {
            owner.destroyForcibly();
        }
    }

    @Test
    void theServerEndsWithAnOwnerThatIsAskedToEnd() throws Exception {
        Process owner = owner();
        assertEquals("started", owner.inputReader().readLine());
        long server = Postmaster.of(directory.resolve("data")).orElseThrow().pid();
        owner.destroy();
        assertTrue(owner.waitFor(30, TimeUnit.SECONDS));
        awaitEnd(server);
    }

    @Test
    void aServerThatCrashedLeavesAFileThatDoesNotDeceive() throws Exception {
        try (LocalPostgres first = LocalPostgres.start(directory)) {
            execute(first, "create table kept (n int); insert into kept values (7)");
            long pid = Postmaster.of(directory.resolve("data")).orElseThrow().pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            ProcessHandle.of(pid).ifPresent(crashed -> crashed.onExit().join());
        }
        assertTrue(Files.exists(directory.resolve("data/postmaster.pid")));
        try (LocalPostgres second = LocalPostgres.start(directory)) {
            assertEquals("7", query(second, "select n from kept"));
        }
    }

    @Test
    void rootStartsItAsAnUnprivilegedUserWhereNamespacesAreMissing() throws Exception {
        Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "only root needs this");
        try (LocalPostgres first = LocalPostgres.start(directory)) {
            execute(first, "create table kept (n int); insert into kept values (7)");
        }
        try (LocalPostgres other = LocalPostgres.start(directory, 0, Identity.Namespaces.AVOIDED)) {
            assertEquals("7", query(other, "select n from kept"));
            long pid = Postmaster.of(directory.resolve("data")).orElseThrow().pid();
            assertFalse(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid").equals(0));
        }
        try (LocalPostgres back = LocalPostgres.start(directory)) {
            assertEquals("7", query(back, "select n from kept"));
        }
    }

    /** A process without a parent counts as alive until the system has collected it. */
    private static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private Process owner() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                directory.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }
}
