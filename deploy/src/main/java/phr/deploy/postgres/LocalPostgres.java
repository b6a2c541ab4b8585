package phr.deploy.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Ports;
import phr.deploy.machine.StartupException;

/**
 * A PostgreSQL server of our own on 127.0.0.1. Data in the directory survive restarts.
 *
 * <p>Files: {@code data} (the cluster), {@code password} (0600), {@code postgres.log} of the last start,
 * {@code owner.lock}. A server whose owner was killed is stopped by the next start. Every failure to start is a
 * {@link StartupException} that says what to do.
 */
public final class LocalPostgres implements AutoCloseable {

    static final String USERNAME = "phr";

    private final Server server;
    private final Ownership ownership;
    private final Process process;
    private final int port;
    private final String password;
    private final Thread hook = new Thread(this::stop, "stop-postgres");
    private boolean stopped;

    private LocalPostgres(Server server, Ownership ownership, Process process, int port, String password) {
        this.server = server;
        this.ownership = ownership;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /** Starts on a free port. */
    public static LocalPostgres start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Starts on the given port and returns when connections are accepted.
     *
     * @param directory made when missing
     * @param port 0 for any free one
     */
    public static LocalPostgres start(Path directory, int port) {
        return start(directory, port, Identity.Namespaces.ALLOWED);
    }

    static LocalPostgres start(Path directory, int port, Identity.Namespaces namespaces) {
        Path place = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(place);
            Ownership ownership = Ownership.of(place);
            try {
                return start(place, port == 0 ? Ports.free() : port, namespaces, ownership);
            } catch (IOException | RuntimeException e) {
                ownership.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartupException(
                    "PostgreSQL cannot use the directory " + place + ": " + e.getMessage(),
                    "Check that it may be written and that the disk has room.",
                    e);
        }
    }

    private static LocalPostgres start(Path directory, int port, Identity.Namespaces namespaces, Ownership ownership)
            throws IOException {
        Binaries binaries = Binaries.unpacked(CacheDirectory.ofUser());
        Identity identity = Identity.choose(probe(directory), namespaces);
        Server server = new Server(binaries, identity, directory);
        Path passwordFile = directory.resolve("password");
        if (!server.initialised()) {
            writePassword(passwordFile);
            server.initialise(passwordFile);
        }
        identity.own(server.data());
        server.running().ifPresent(orphan -> server.stop());
        Process process = server.start(port);
        LocalPostgres postgres = new LocalPostgres(
                server, ownership, process, port, Files.readString(passwordFile).strip());
        return postgres.endingWithThisProcess();
    }

    private LocalPostgres endingWithThisProcess() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return this;
        } catch (IllegalStateException e) {
            // Interrupted while starting: nothing may stay behind.
            stop();
            throw new StartupException("PostgreSQL is not started: this program is ending.", "Start it again.", e);
        }
    }

    /** Address of the database that exists from the beginning, {@code postgres}. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /**
     * Makes a database unless it exists.
     *
     * @param name lower-case letters, digits and underscores
     */
    public void createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), USERNAME, password);
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new StartupException("The database " + name + " cannot be made.", "Read " + server.log() + ".", e);
        }
    }

    /** Stops the server; connections are cut off. May be called twice. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is going down already: the hook runs or ran, and stop() is done.
            return;
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        server.stop();
        process.destroyForcibly();
        try {
            ownership.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory by which a way to run the server is tried: the cluster when there is one. */
    private static Path probe(Path directory) throws IOException {
        Path data = directory.resolve("data");
        return Files.exists(data) ? data : Files.createDirectories(directory.resolve("data.new"));
    }

    private static void writePassword(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Path writing = file.resolveSibling("password.new");
        Files.deleteIfExists(writing);
        Files.createFile(writing, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(writing, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        Files.move(writing, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
