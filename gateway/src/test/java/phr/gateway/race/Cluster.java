package phr.gateway.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.deploy.gateway.LocalGateway;
import phr.deploy.keycloak.LocalKeycloak;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.Ports;
import phr.deploy.postgres.LocalPostgres;

/** Two nodes of one provider: one PostgreSQL, one Keycloak, the same keys. */
final class Cluster implements AutoCloseable {

    private static final long FRESH_NANOS = 120_000_000_000L;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Map<String, Kept> tokens = new ConcurrentHashMap<>();
    private final Path work;
    private final LocalPostgres postgres;
    private final LocalKeycloak keycloak;
    private final List<Node> nodes;

    private record Kept(String token, long at) {}

    private Cluster() throws IOException {
        work = Files.createTempDirectory("phr-race");
        postgres = begin(LocalPostgres.start(work.resolve("postgres")));
        keycloak = begin(LocalKeycloak.start(work.resolve("keycloak")));
        nodes = List.of(node("one"), node("two"));
    }

    static Cluster start() {
        try {
            return new Cluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Kept well below its five minutes; one login at a time, as Keycloak wants it. */
    synchronized String token(String client, @Nullable String secret, String user, String... scopes) {
        String key = String.join(" ", client, user, String.join(" ", scopes));
        Kept kept = tokens.get(key);
        if (kept == null || System.nanoTime() - kept.at() > FRESH_NANOS) {
            kept = new Kept(keycloak.token(client, secret, user, user + "-demo", scopes), System.nanoTime());
            tokens.put(key, kept);
        }
        return kept.token();
    }

    /** A node of another provider, alone on its database; whoever asked for it ends it. */
    Mortal mortal(String name) {
        return mortal(name, LocalGateway.SMALL);
    }

    /** The same with these options of the virtual machine. */
    Mortal mortal(String name, List<String> java) {
        int port = Ports.free();
        Map<String, String> more = Map.of(
                "PHR_NOTICES_INSECURE_LOOPBACK",
                "true",
                "PHR_NOTICES_FIRST_PAUSE",
                "100ms",
                "PHR_NOTICES_LONGEST_PAUSE",
                "1S",
                "PHR_KEYS_SETTLE",
                "1S");
        return new Mortal(new Node(port), () -> launch(name, java, postgres, database(name), port, more));
    }

    /** To the database of a mortal node, past everything that could hide what is in it. */
    Connection connection(String mortal) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database(mortal)), postgres.username(), postgres.password());
    }

    private static String database(String mortal) {
        return "phr_" + mortal;
    }

    /** A node of yet another provider on a new PostgreSQL of its own, which compacts all the time; whoever asked for it ends it. */
    Solitude solitude() {
        return solitude(work, work);
    }

    /**
     * The same on the disks one says.
     *
     * @param database where its PostgreSQL writes
     * @param spool where its requests wait
     */
    Solitude solitude(Path database, Path spool) {
        Path directory = database.resolve("solitude-" + System.nanoTime());
        LocalPostgres server = LocalPostgres.start(directory);
        // a port that is chosen long before it is used may be somebody else's by then
        int port = Ports.free();
        Map<String, String> more = Map.of(
                "PHR_RECORD_COMPACTION_EVERY", "1s", "PHR_JOBS_LEASE", "2S", "PHR_INGEST_SPOOL", spool.toString());
        return new Solitude(
                directory, server, new Node(port), running -> launch("solitary", running, "phr_solitary", port, more));
    }

    private Node node(String name) {
        int port = Ports.free();
        begin(launch(name, postgres, "phr", port, Map.of()));
        return new Node(port);
    }

    private Daemon launch(String name, LocalPostgres server, String database, int port, Map<String, String> more) {
        return launch(name, LocalGateway.SMALL, server, database, port, more);
    }

    private Daemon launch(
            String name, List<String> java, LocalPostgres server, String database, int port, Map<String, String> more) {
        return LocalGateway.start(
                Checkout.find().gateway(),
                java,
                new LocalGateway.Settings(
                        name,
                        "test.phr",
                        "試験PHR",
                        "http://127.0.0.1:8081/fhir",
                        port,
                        database,
                        work.resolve("keys-" + database),
                        more),
                server,
                keycloak.issuer(),
                work.resolve(name));
    }

    private <T extends AutoCloseable> T begin(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
        deleteDatabases();
    }

    /** They are gigabytes after a large file; the logs of the others stay, to be read after a failure. */
    private void deleteDatabases() throws IOException {
        try (Stream<Path> files = Files.walk(work.resolve("postgres"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
