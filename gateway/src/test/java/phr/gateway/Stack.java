package phr.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phr.deploy.keycloak.LocalKeycloak;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Ports;
import phr.deploy.postgres.LocalPostgres;

/**
 * What a gateway under test stands on: a real PostgreSQL and a real Keycloak with the realm of the demo.
 *
 * <p>Use with {@code @QuarkusTest @QuarkusTestResource(Stack.class)}; all tests of the module share one.
 */
public final class Stack implements QuarkusTestResourceLifecycleManager {

    public static final String BASE = "http://127.0.0.1:8081/fhir";

    private static final int CITIZENS = 80;

    /** The login of somebody of sixteen. */
    public static final String YOUNG = "citizen-48";

    private static final String COSTS = """
            kind\tgroup\tcolumn\trole\tdetail\tunit\tmultiply
            costs\t\t*\tcategory\tclaims
            costs\t\t*\tresource\tcost
            costs\t\t*\ttitle\t医療費通知
            costs\t\t診療年月\tmonth
            costs\t\t医療機関名\tfacility
            costs\t\t医療費の総額\tcost\tsubmitted 医療費の総額
            costs\t\t窓口負担額\tcost?\tcopay 窓口負担額
            costs\t\t日数\tignore
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable LocalPostgres postgres;
    private @Nullable LocalKeycloak keycloak;

    @Override
    public Map<String, String> start() {
        try {
            Path work = Files.createTempDirectory("phr-stack");
            CompletableFuture<LocalKeycloak> issuer = CompletableFuture.supplyAsync(() -> keycloak(work));
            LocalPostgres database = LocalPostgres.start(work.resolve("postgres"));
            postgres = database;
            LocalKeycloak identity = issuer.join();
            keycloak = identity;
            Map<String, String> settings = new HashMap<>(Map.of(
                    "quarkus.datasource.jdbc.url",
                    database.jdbcUrl(),
                    "quarkus.datasource.username",
                    database.username(),
                    "quarkus.datasource.password",
                    database.password(),
                    "quarkus.oidc.auth-server-url",
                    identity.issuer(),
                    "quarkus.http.test-port",
                    "0",
                    "phr.provider.id",
                    "test.phr",
                    "phr.provider.name",
                    "試験PHR",
                    "phr.provider.base-url",
                    BASE,
                    "phr.keys.directory",
                    work.resolve("keys").toString(),
                    "phr.keys.generate",
                    "true"));
            settings.put("phr.notices.insecure-loopback", "true");
            settings.put("phr.stalled-reader", "3S");
            settings.put("phr.source.tables", tables(work).toString());
            // Tests of the quarantine do the work themselves.
            settings.put("phr.quarantine.workers", "0");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An operator's table, for a list of medical costs. */
    private static Path tables(Path work) throws IOException {
        Path directory = Files.createDirectories(work.resolve("source-tables"));
        Files.writeString(directory.resolve("portal-example.tsv"), COSTS);
        return directory;
    }

    @Override
    public void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static LocalKeycloak keycloak(Path work) {
        try {
            Checkout checkout = Checkout.find();
            Path realm = Files.writeString(work.resolve("realm.json"), testRealm(checkout.realm()));
            return LocalKeycloak.start(checkout.keycloak(), realm, work.resolve("keycloak"), Ports.free());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The demo's realm, more citizens, and three clients that no gateway should trust: for another audience, with tokens that die
     * at once, unregistered.
     */
    private static String testRealm(Path realm) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(realm));
        ArrayNode clients = (ArrayNode) root.get("clients");
        ObjectNode citizen = (ObjectNode) clients.get(0);
        ObjectNode elsewhere = citizen.deepCopy();
        elsewhere.put("clientId", "elsewhere");
        elsewhere.putArray("defaultClientScopes").add("basic").add("roles");
        clients.add(elsewhere);
        ObjectNode mayfly = citizen.deepCopy();
        mayfly.put("clientId", "mayfly");
        ((ObjectNode) mayfly.get("attributes")).put("access.token.lifespan", "1");
        clients.add(mayfly);
        ObjectNode stranger = citizen.deepCopy();
        stranger.put("clientId", "stranger");
        clients.add(stranger);
        ArrayNode users = (ArrayNode) root.get("users");
        ObjectNode hanako = (ObjectNode) users.get(0);
        for (int i = 1; i <= CITIZENS; i++) {
            users.add(citizen(hanako.deepCopy(), "citizen-%02d".formatted(i), i));
        }
        return JSON.writeValueAsString(root);
    }

    /** Sixteen all this year in Japan. */
    public static String bornSixteenYearsAgo() {
        return Year.now(ZoneId.of("Asia/Tokyo")).minusYears(16) + "-01-01";
    }

    /** One more invented adult; each test class that changes consents takes its own. */
    private static ObjectNode citizen(ObjectNode like, String name, int number) {
        like.put("id", "00000000-0000-4000-9000-%012d".formatted(number));
        like.put("username", name).put("email", name + "@phr.example").put("firstName", "市民" + number);
        ObjectNode attributes = (ObjectNode) like.get("attributes");
        attributes.putArray("full_name").add("試験 市民" + number);
        attributes.putArray("name_kana").add("シケン シミン");
        if (name.equals(YOUNG)) {
            attributes.putArray("birthdate").add(bornSixteenYearsAgo());
        }
        ((ObjectNode) like.get("credentials").get(0)).put("value", name + "-demo");
        return like;
    }
}
