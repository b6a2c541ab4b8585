package phr.gateway;

import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which tokens open the door: those that the one issuer signed for this gateway and that are not over. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class TokensTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_token_of_the_issuer_for_this_gateway_opens() {
        Http.as(Tokens.hanako()).get("/organisations").then().statusCode(200);
    }

    @Test
    void a_token_for_another_audience_does_not() {
        refused(Tokens.user("elsewhere", "", "hanako"));
    }

    @Test
    void a_token_that_is_over_does_not() throws Exception {
        String token = Tokens.fresh("mayfly", "", "hanako");
        TimeUnit.SECONDS.sleep(3);
        refused(token);
    }

    @Test
    void an_unsigned_token_does_not() throws Exception {
        String payload = Tokens.hanako().split("\\.")[1];
        refused(encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + payload + ".");
        refused(encoded("{\"alg\":\"NONE\"}") + "." + payload + ".");
    }

    @Test
    void a_changed_token_does_not() throws Exception {
        String[] parts = Tokens.hanako().split("\\.");
        String operator = changed(
                parts[1],
                claims -> claims.putObject("realm_access").putArray("roles").add("operator"));
        refused(parts[0] + "." + operator + "." + parts[2]);
    }

    @Test
    void a_token_of_another_key_does_not_even_under_the_right_key_id() throws Exception {
        String[] parts = Tokens.hanako().split("\\.");
        String kid = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]))
                .path("kid")
                .asText();
        JWSObject forged = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(kid)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new Payload(decoded(parts[1])));
        forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
        refused(forged.serialize());
    }

    @Test
    void a_token_signed_with_a_shared_secret_does_not() throws Exception {
        JWSObject forged = new JWSObject(
                new JWSHeader(JWSAlgorithm.HS256),
                new Payload(decoded(Tokens.hanako().split("\\.")[1])));
        forged.sign(new MACSigner("a public key is no secret, whatever".getBytes(StandardCharsets.UTF_8)));
        refused(forged.serialize());
    }

    @Test
    void an_opaque_token_does_not() {
        refused("0123456789abcdef");
        refused("");
    }

    private static void refused(String token) {
        Http.as(token)
                .get("/organisations")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("login-required"));
    }

    private static String changed(String payload, Consumer<ObjectNode> change) throws Exception {
        ObjectNode claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(payload));
        change.accept(claims);
        return encoded(JSON.writeValueAsString(claims));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
