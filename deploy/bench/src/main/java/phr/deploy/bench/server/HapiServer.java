package phr.deploy.bench.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.deploy.bench.data.Transactions;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.Ports;
import phr.deploy.machine.StartupException;
import phr.deploy.postgres.LocalPostgres;

/** A HAPI FHIR JPA server (module {@code deploy/bench/hapi}): no authentication, no consent, no audit, no encryption. */
public final class HapiServer implements Contender {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Map<String, String> FHIR =
            Map.of("Content-Type", "application/fhir+json", "Prefer", "return=minimal");
    private static final int LARGEST = 20_000;

    private final Daemon daemon;
    private final Path collections;
    private final int port;
    private final @Nullable String document;
    private final Map<Integer, Person> people = new HashMap<>();

    private HapiServer(Daemon daemon, Path collections, int port, @Nullable String document) {
        this.daemon = daemon;
        this.collections = collections;
        this.port = port;
        this.document = document;
    }

    /** @param document a checkup as made FHIR by our gateway ({@link Transactions}), null when there is none */
    public static HapiServer start(LocalPostgres postgres, Path directory, @Nullable String document)
            throws IOException {
        postgres.createDatabase("hapi");
        int port = Ports.free();
        Path collections = directory.resolve("hapi-gc.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx4g",
                "-Xlog:gc:file=" + collections,
                "-Dfile.encoding=UTF-8",
                "-cp",
                classpath(),
                "phr.deploy.bench.hapi.HapiServer");
        Map<String, String> environment = Map.of(
                "HAPI_PORT",
                Integer.toString(port),
                "HAPI_JDBC_URL",
                postgres.jdbcUrl("hapi"),
                "HAPI_USERNAME",
                postgres.username(),
                "HAPI_PASSWORD",
                postgres.password());
        Daemon daemon = Daemon.start("hapi", command, directory, environment);
        daemon.awaitReady(URI.create("http://127.0.0.1:" + port + "/fhir/metadata"), PATIENCE);
        return new HapiServer(daemon, collections, port, document);
    }

    private static String classpath() throws IOException {
        Path target = Checkout.find().root().resolve(Path.of("deploy", "bench", "hapi", "target"));
        Path file = target.resolve("classpath.txt");
        if (!Files.isRegularFile(file)) {
            throw new StartupException("The HAPI server is not built.", "Run: mvn -Pbench -DskipTests package");
        }
        return target.resolve("classes") + ":" + Files.readString(file).strip();
    }

    @Override
    public String name() {
        return "HAPI";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return daemon.pid();
    }

    @Override
    public String database() {
        return "hapi";
    }

    @Override
    public Path collections() {
        return collections;
    }

    @Override
    public Person person(int number) throws IOException {
        Person known = people.get(number);
        if (known != null) {
            return known;
        }
        byte[] patient = "{\"resourceType\":\"Patient\",\"active\":true}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                Map.of("Content-Type", "application/fhir+json", "Prefer", "return=representation");
        try (Connection connection = new Connection(port)) {
            String answer = connection
                    .send(Call.post("/fhir/Patient", headers, patient))
                    .orFail("a new patient")
                    .text();
            Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer);
            if (!id.find()) {
                throw new IOException("the server does not name the new patient");
            }
            Person person = new Person(id.group(1), Map.of());
            people.put(number, person);
            return person;
        }
    }

    @Override
    public Call bundle(Person person, byte[] bundle) {
        return Call.post("/fhir", FHIR, bundle);
    }

    @Override
    public Optional<Call> lines(Person person, byte[] ndjson) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> checkup(Person person, int number) {
        return document == null
                ? Optional.empty()
                : Optional.of(Call.post("/fhir", FHIR, Transactions.forPatient(document, person.id())));
    }

    @Override
    public Call everything(Person person) {
        return Call.get("/fhir/Patient/" + person.id() + "/$everything?_count=" + LARGEST, atOnce(LARGEST));
    }

    @Override
    public Call search(Person person, String query, int count) {
        String path = "/fhir/Observation?patient=Patient/" + person.id() + "&" + query + "&_count=" + count;
        return Call.get(path, atOnce(count));
    }

    /** Without a search kept in the database: its fastest way to one page. */
    private static Map<String, String> atOnce(int count) {
        return Map.of("Cache-Control", "no-store, max-results=" + count);
    }

    @Override
    public Call observation(Person person, String id) {
        return Call.get("/fhir/Observation/" + id, Map.of());
    }

    @Override
    public Optional<Call> daily(Person person, String code, String period) {
        return Optional.empty();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
