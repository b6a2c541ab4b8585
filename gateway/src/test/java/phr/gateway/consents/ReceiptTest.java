package phr.gateway.consents;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class ReceiptTest {

    @Inject
    DataSource database;

    private String directive = "";

    @BeforeEach
    void she_grants_to_a_clinic_with_a_hostile_name() {
        Cast.organisations();
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body("""
                        {"name":"<img src=x onerror=alert(1)>\\"'&","classes":["medical-institution"],
                         "clients":[{"id":"sakura-viewer","processor":true}]}""")
                .put("/organisations/sakura-clinic")
                .then()
                .statusCode(200);
        Cast.register(her());
        directive = Cast.grant(her(), Cast.SAKURA_MAY_READ);
    }

    @AfterEach
    void and_it_gets_its_name_back() {
        Cast.organisations();
    }

    @Test
    void the_page_is_escaped_in_the_language_asked_for_and_harmless() {
        for (List<String> words : List.of(
                List.of("ja", "同意の控え", "撤回と、あなたの権利", "取り消されません"),
                List.of("en", "Consent receipt", "Withdrawal and your rights", "not undone by withdrawal"))) {
            String page = Http.as(her())
                    .accept("text/html,application/xhtml+xml,*/*;q=0.8")
                    .header("Accept-Language", words.get(0))
                    .get("/consents/" + directive + "/receipt")
                    .then()
                    .statusCode(200)
                    .header("Content-Type", containsString("text/html"))
                    .header("Content-Language", words.get(0))
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .extract()
                    .asString();
            words.forEach(word -> assertTrue(page.contains(word), word));
            assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"));
            assertFalse(page.contains("<img"));
            assertFalse(page.contains("<script"));
        }
    }

    @Test
    void it_stays_as_issued_and_never_shows_her_own_id() {
        String first = receipt();
        Cast.organisations();
        assertEquals(first, receipt());
        assertFalse(first.contains(Cast.register(her())));
        Http.as(her())
                .contentType("application/json")
                .body("{\"reason\":\"<b>やめる</b>\"}")
                .post("/consents/" + directive + "/$revoke")
                .then()
                .statusCode(200);
        Http.as(her())
                .get("/consents/" + directive + "/receipt")
                .then()
                .statusCode(200)
                .body("receipt.events.state", hasItems("ACTIVE", "REVOKED"))
                .body("receipt.recordId", equalTo(directive))
                .body("receipt.withdraw.text.en", containsString("not undone"));
        Http.as(her())
                .accept("text/html")
                .get("/consents/" + directive + "/receipt")
                .then()
                .body(not(containsString("<b>やめる")));
    }

    @Test
    void the_compact_form_carries_and_proves_the_same_receipt() throws Exception {
        String compact = Http.as(her())
                .accept("application/jose")
                .get("/consents/" + directive + "/receipt")
                .then()
                .statusCode(200)
                .contentType("application/jose")
                .extract()
                .asString();
        JWSObject jws = JWSObject.parse(compact);
        JWKSet keys =
                JWKSet.parse(Http.anonymous().get("/.well-known/jwks.json").asString());
        assertTrue(jws.verify(
                new ECDSAVerifier(keys.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey())));
        assertTrue(receipt().contains(jws.getPayload().toString()));
    }

    @Test
    void a_stored_receipt_cannot_be_changed() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute("update consent_receipt set receipt = '{}'"));
            assertThrows(SQLException.class, () -> statement.execute("delete from consent_receipt"));
        }
    }

    @Test
    void nobody_else_reads_it() {
        Cast.register(Tokens.citizen("citizen-24"));
        for (String token : List.of(Tokens.citizen("citizen-24"), Tokens.drSato(), Tokens.operator())) {
            Http.as(token).get("/consents/" + directive + "/receipt").then().statusCode(404);
        }
    }

    private String receipt() {
        return Http.as(her())
                .get("/consents/" + directive + "/receipt")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String her() {
        return Tokens.citizen("citizen-23");
    }
}
