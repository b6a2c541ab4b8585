package phr.deploy.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.Ports;
import phr.deploy.machine.StartupException;

/**
 * A Keycloak of our own on 127.0.0.1 with the realm {@code phr} (deploy/keycloak/phr-realm.json).
 *
 * <p>Its first start ever prepares itself in the cache of the user; users and sessions live in the work directory and
 * begin anew when the realm file changes. There is no administrator account.
 */
public final class LocalKeycloak implements AutoCloseable {

    /** Its name in file names and messages. */
    public static final String DAEMON = "keycloak";

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Daemon daemon;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private LocalKeycloak(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    /** Starts the Keycloak and the realm of this checkout on a free port. */
    public static LocalKeycloak start(Path workDirectory) {
        Checkout checkout = Checkout.find();
        return start(checkout.keycloak(), checkout.realm(), workDirectory, Ports.free());
    }

    /**
     * Starts it and returns when it issues tokens.
     *
     * @param home Keycloak as unpacked; not written to
     * @param realm realm file, imported when new or changed
     * @param workDirectory database and log; made when missing
     * @param port part of the issuer's name, so keep it where tokens outlive a restart
     */
    public static LocalKeycloak start(Path home, Path realm, Path workDirectory, int port) {
        Path work = workDirectory.toAbsolutePath().normalize();
        try {
            Distribution distribution = Distribution.prepared(home, realm, CacheDirectory.ofUser());
            Files.createDirectories(work);
            placeDatabase(distribution.database(), work);
            Daemon daemon = Daemon.start(DAEMON, command(distribution, work, port), work, Distribution.ENVIRONMENT);
            LocalKeycloak keycloak = new LocalKeycloak(daemon, port);
            daemon.awaitReady(URI.create(keycloak.issuer() + "/.well-known/openid-configuration"), PATIENCE);
            return keycloak;
        } catch (IOException e) {
            throw new StartupException(
                    "Keycloak cannot use " + work + ": " + e.getMessage(),
                    "Check that the directory may be written and that the disk has room.",
                    e);
        }
    }

    /** The {@code iss} of its tokens, and what {@code quarkus.oidc.auth-server-url} wants. */
    public String issuer() {
        return "http://127.0.0.1:" + port + "/realms/phr";
    }

    public int port() {
        return port;
    }

    /**
     * An access token: by user and password, or of the client itself when there is no user.
     *
     * @param secret null for a public client
     * @param scopes SMART scopes, e.g. {@code patient/*.rs}
     * @throws TokenRefusedException with the error code of OAuth 2.0, e.g. {@code invalid_scope}
     */
    public String token(
            String client,
            @Nullable String secret,
            @Nullable String user,
            @Nullable String password,
            String... scopes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", user == null ? "client_credentials" : "password");
        form.put("client_id", client);
        put(form, "client_secret", secret);
        put(form, "username", user);
        put(form, "password", password);
        if (scopes.length > 0) {
            form.put("scope", String.join(" ", scopes));
        }
        JsonNode answer = post(form);
        if (!answer.hasNonNull("access_token")) {
            throw new TokenRefusedException(answer.path("error").asText("no answer"));
        }
        return answer.path("access_token").asText();
    }

    @Override
    public void close() {
        daemon.close();
    }

    private JsonNode post(Map<String, String> form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build();
        try {
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new TokenRefusedException("unreachable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenRefusedException("interrupted");
        }
    }

    private static List<String> command(Distribution distribution, Path work, int port) {
        // "start" and not "start-dev": what was built once is used as it is, without looking for changes.
        return List.of(
                distribution.program().toString(),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://127.0.0.1:" + port,
                "--cache=local",
                "--db-url=" + Distribution.databaseUrl(work));
    }

    private static void placeDatabase(Path prepared, Path work) throws IOException {
        Path mark = work.resolve("prepared-from");
        Path database = work.resolve(Distribution.DATABASE_FILE);
        String origin = String.valueOf(prepared.getFileName());
        if (Files.exists(database)
                && Files.exists(mark)
                && Files.readString(mark).equals(origin)) {
            return;
        }
        Files.copy(prepared.resolve(Distribution.DATABASE_FILE), database, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(mark, origin);
    }

    private static void put(Map<String, String> form, String name, @Nullable String value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
