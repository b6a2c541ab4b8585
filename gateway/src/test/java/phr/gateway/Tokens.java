package phr.gateway;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** Access tokens of the invented people, from the real Keycloak. Kept per scopes, well below their five minutes. */
public final class Tokens {

    private record Kept(String token, long at) {}

    private static final long FRESH_NANOS = 120_000_000_000L;
    private static final Map<String, Kept> KEPT = new ConcurrentHashMap<>();

    private Tokens() {}

    public static String hanako(String... scopes) {
        return user("phr-citizen", "", "hanako", scopes);
    }

    public static String taro(String... scopes) {
        return user("phr-citizen", "", "taro", scopes);
    }

    /** Any citizen of the realm; {@code citizen-01} to {@code citizen-40} belong to the test class that takes them first. */
    public static String citizen(String name, String... scopes) {
        return user("phr-citizen", "", name, scopes);
    }

    /** Of {@code sakura-clinic}, through its own viewer. */
    public static String drSato(String... scopes) {
        return user("sakura-viewer", "sakura-viewer-demo-secret", "dr-sato", scopes);
    }

    /** Of {@code midori-clinic}. */
    public static String drSuzuki(String... scopes) {
        return user("midori-viewer", "midori-viewer-demo-secret", "dr-suzuki", scopes);
    }

    /** The vendor's backend by itself, organisation {@code aruku}. */
    public static String aruku(String... scopes) {
        return kept("aruku-backend", "aruku-backend-demo-secret", "", scopes);
    }

    /** The insurer's backend by itself, organisation {@code mimamori}. */
    public static String mimamori(String... scopes) {
        return kept("mimamori-backend", "mimamori-backend-demo-secret", "", scopes);
    }

    /** Emergency physician of {@code sakura-clinic}. */
    public static String drIto(String... scopes) {
        return user("sakura-viewer", "sakura-viewer-demo-secret", "dr-ito", scopes);
    }

    public static String operator() {
        return user("phr-operator-console", "", "operator");
    }

    public static String secondOperator() {
        return user("phr-operator-console", "", "operator-2");
    }

    public static String user(String client, String secret, String user, String... scopes) {
        return kept(client, secret, user, scopes);
    }

    private static String kept(String client, String secret, String user, String... scopes) {
        String key = String.join(" ", client, user, String.join(" ", scopes));
        Kept kept = KEPT.get(key);
        if (kept == null || System.nanoTime() - kept.at() > FRESH_NANOS) {
            kept = new Kept(fresh(client, secret, user, scopes), System.nanoTime());
            KEPT.put(key, kept);
        }
        return kept.token();
    }

    /** A new token of the user, whose password is {@code {user}-demo}; of the client itself when the user is empty. */
    public static String fresh(String client, String secret, String user, String... scopes) {
        RequestSpecification form = RestAssured.given()
                .baseUri(ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class))
                .formParam("client_id", client);
        if (!secret.isEmpty()) {
            form.formParam("client_secret", secret);
        }
        if (scopes.length > 0) {
            form.formParam("scope", String.join(" ", scopes));
        }
        if (user.isEmpty()) {
            form.formParam("grant_type", "client_credentials");
        } else {
            form.formParam("grant_type", "password").formParam("username", user).formParam("password", user + "-demo");
        }
        return form.post("/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
