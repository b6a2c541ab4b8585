package phr.deploy.bench.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phr.deploy.bench.data.CheckupFiles;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;
import phr.deploy.bench.http.Reply;
import phr.deploy.gateway.LocalGateway;
import phr.deploy.keycloak.LocalKeycloak;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.Ports;
import phr.deploy.postgres.LocalPostgres;

/** Our gateway as an operator runs it: real tokens from Keycloak, consent, audit, encryption. */
public final class GatewayServer implements Contender {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalKeycloak keycloak;
    private final Daemon daemon;
    private final Path collections;
    private final int port;
    private final Map<Integer, Person> people = new HashMap<>();

    private GatewayServer(LocalKeycloak keycloak, Daemon daemon, Path collections, int port) {
        this.keycloak = keycloak;
        this.daemon = daemon;
        this.collections = collections;
        this.port = port;
    }

    /** @param java more options of its virtual machine */
    public static GatewayServer start(LocalPostgres postgres, Path directory, List<String> java) throws IOException {
        Checkout checkout = Checkout.find();
        Path realm = Realm.write(checkout.realm(), directory.resolve("realm.json"));
        LocalKeycloak keycloak =
                LocalKeycloak.start(checkout.keycloak(), realm, directory.resolve("keycloak"), Ports.free());
        int port = Ports.free();
        Path collections = directory.resolve("gateway-gc.log");
        List<String> options = new ArrayList<>(List.of("-Xmx1g", "-Xlog:gc:file=" + collections));
        options.addAll(java);
        LocalGateway.Settings settings = new LocalGateway.Settings(
                "gateway",
                "jp.example.bench",
                "測定PHR",
                "http://127.0.0.1:" + port + "/fhir",
                port,
                "gateway",
                directory.resolve("keys"),
                Map.of());
        Daemon daemon =
                LocalGateway.start(checkout.gateway(), options, settings, postgres, keycloak.issuer(), directory);
        return new GatewayServer(keycloak, daemon, collections, port);
    }

    @Override
    public String name() {
        return "gateway";
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
        return "gateway";
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
        String user = Realm.user(number);
        Map<String, String> headers = Map.of(
                "Authorization",
                "Bearer " + keycloak.token("phr-citizen", null, user, user + "-demo", "patient/*.cruds"),
                "Purpose-Of-Use",
                "PATRQT");
        Reply account = say(Call.post("/people", headers, new byte[0]));
        Person person = new Person(JSON.readTree(account.start()).path("id").asText(), headers);
        people.put(number, person);
        return person;
    }

    /** Headers of the clinic whose permits are measured. */
    public Map<String, String> clinic() {
        String token =
                keycloak.token("sakura-viewer", "sakura-viewer-demo-secret", "dr-sato", "dr-sato-demo", "user/*.rs");
        return Map.of("Authorization", "Bearer " + token, "Purpose-Of-Use", "TREAT");
    }

    /** Headers of the operator. */
    public Map<String, String> operator() {
        return Map.of(
                "Authorization", "Bearer " + keycloak.token("phr-operator-console", null, "operator", "operator-demo"));
    }

    /** One call that has to succeed. */
    public Reply say(Call call) throws IOException {
        try (Connection connection = new Connection(port).keeping()) {
            return connection.send(call).orFail("a call of the preparation");
        }
    }

    @Override
    public Call bundle(Person person, byte[] bundle) {
        return Call.post("/fhir", typed(person, "application/fhir+json"), bundle);
    }

    @Override
    public Optional<Call> lines(Person person, byte[] ndjson) {
        return Optional.of(file(person, "application/fhir+ndjson", ndjson));
    }

    @Override
    public Optional<Call> checkup(Person person, int number) {
        return Optional.of(file(person, "application/zip", CheckupFiles.zip(number)));
    }

    /** Any file into her record. */
    public Call file(Person person, String type, byte[] content) {
        return Call.post("/ingest/" + person.id(), typed(person, type), content);
    }

    private static Map<String, String> typed(Person person, String type) {
        Map<String, String> headers = new HashMap<>(person.headers());
        headers.put("Content-Type", type);
        return headers;
    }

    @Override
    public Call everything(Person person) {
        return Call.get("/fhir/Patient/" + person.id() + "/$everything?_dense=each", person.headers());
    }

    @Override
    public Call search(Person person, String query, int count) {
        String path = "/fhir/Observation?patient=" + person.id() + "&" + query + "&_count=" + count;
        return Call.get(path, person.headers());
    }

    @Override
    public Call observation(Person person, String id) {
        return Call.get("/fhir/Observation/" + id, person.headers());
    }

    @Override
    public Optional<Call> daily(Person person, String code, String period) {
        String query = "patient=" + person.id() + "&coding=" + URLEncoder.encode(code, StandardCharsets.UTF_8)
                + "&period=" + URLEncoder.encode(period, StandardCharsets.UTF_8) + "&statistic=average&unit=DAY";
        return Optional.of(Call.get("/fhir/Observation/$stats?" + query, person.headers()));
    }

    @Override
    public void close() {
        daemon.close();
        keycloak.close();
    }
}
