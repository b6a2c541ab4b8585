package phr.gateway.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.deploy.proof.BrokenChainException;
import phr.deploy.proof.ExportedLog;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** The exported log under the eyes of a verifier that shares no code with the gateway. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ExportTest {

    private List<String> lines = List.of();
    private JWKSet keys = new JWKSet();

    @BeforeEach
    void a_log_with_entries_and_deliveries_is_exported() throws Exception {
        Cast.organisations();
        String token = Tokens.citizen("citizen-25");
        String person = Cast.register(token);
        String patient = Cast.introduce(token, person, "sakura-clinic");
        Cast.revokeEverything(token);
        Cast.grant(token, Cast.SAKURA_MAY_READ);
        for (int i = 0; i < 3; i++) {
            Http.as(Tokens.drSato("user/*.rs"), "TREAT")
                    .get("/fhir/Observation?patient=" + patient)
                    .then()
                    .statusCode(200);
        }
        keys = JWKSet.parse(Http.anonymous().get("/.well-known/jwks.json").asString());
        lines = Http.as(token)
                .get("/audit/" + person + "?_format=ndjson")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    @Test
    void an_untouched_export_is_whole() throws Exception {
        ExportedLog.Whole whole = verify(lines, keys);
        assertEquals(lines.size() - 1, whole.entries() + whole.deliveries());
        assertTrue(whole.deliveries() >= 3);
    }

    @Test
    void every_changed_deleted_or_swapped_line_is_found_and_named() {
        for (int i = 0; i < lines.size() - 1; i++) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, lines.get(i).replaceFirst("\"outcome\":\"[A-Z]+\"", "\"outcome\":\"FORGED\""));
            assertBrokenAt(i + 1, changed);
            List<String> deleted = new ArrayList<>(lines);
            deleted.remove(i);
            assertBroken(deleted);
        }
        for (int i = 0; i < lines.size() - 2; i++) {
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, i, i + 1);
            assertBroken(swapped);
        }
    }

    @Test
    void a_cut_end_is_found_with_and_without_the_head() {
        String head = lines.get(lines.size() - 1);
        for (int length = 0; length < lines.size() - 1; length++) {
            List<String> cut = new ArrayList<>(lines.subList(0, length));
            assertBroken(cut);
            cut.add(head);
            assertBroken(cut);
        }
    }

    @Test
    void a_head_that_somebody_else_signed_proves_nothing() throws Exception {
        JWKSet foreign = new JWKSet(new ECKeyGenerator(com.nimbusds.jose.jwk.Curve.P_256)
                .keyID(keys.getKeys().get(0).getKeyID())
                .generate()
                .toPublicJWK());
        assertThrows(BrokenChainException.class, () -> verify(lines, foreign));
        assertThrows(BrokenChainException.class, () -> verify(lines, new JWKSet()));
    }

    private void assertBrokenAt(int line, List<String> tampered) {
        BrokenChainException broken = assertThrows(BrokenChainException.class, () -> verify(tampered, keys));
        assertTrue(String.valueOf(broken.getMessage()).startsWith("line " + line + ":"), "line " + line);
    }

    private void assertBroken(List<String> tampered) {
        assertThrows(BrokenChainException.class, () -> verify(tampered, keys));
    }

    private static ExportedLog.Whole verify(List<String> lines, JWKSet keys) throws IOException {
        return ExportedLog.verify(new BufferedReader(new StringReader(String.join("\n", lines))), keys);
    }
}
