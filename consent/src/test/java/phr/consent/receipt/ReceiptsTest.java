package phr.consent.receipt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.State;
import phr.consent.ledger.CollectionMethod;
import phr.consent.ledger.Event;
import phr.consent.ledger.Notice;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

class ReceiptsTest {

    private static final Controller PROVIDER =
            new Controller("jp.example.a", "プロバイダA", null, "help@a.example", "JP", "https://a.example");
    private static final Names NAMES = grantee -> grantee.id().equals("sakura-clinic") ? "さくらクリニック" : null;

    private static final String PERMIT = """
            {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"sakura-clinic"}],"purposes":["TREAT"],
             "actions":["read"],"selectors":[{"category":["lifelog-vitals","checkup-specific"]}],
             "labels":{"max":"N","sensitivities":[]},"validity":{"start":"2026-04-01","end":"2027-03-31"}}
            """;

    private static final String DENY =
            "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"ANY\"}],\"labels\":{\"sensitivities\":[\"HIV\"]},"
                    + "\"emergency\":\"never\"}";

    @Test
    void theReceiptOfAPermitIsTheGoldenOne() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("receipt.json"))) {
            JsonNode expected = new JsonMapper().readTree(golden);
            assertEquals(CanonicalJson.text(expected), CanonicalJson.text(receipt(PERMIT)));
        }
    }

    @Test
    void theSameRecordGivesTheSameBytes() {
        assertArrayEquals(CanonicalJson.bytes(receipt(PERMIT)), CanonicalJson.bytes(receipt(PERMIT)));
    }

    @Test
    @DisplayName("P-32 a receipt is signed with ES256 under a key id")
    void aDetachedSignatureHoldsOverTheCanonicalBytes() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        SignedReceipt signed =
                new Receipts(PROVIDER, NAMES).signed(recorded(PERMIT), "pairwise-1", payload -> sign(key, payload));
        Payload payload = new Payload(CanonicalJson.bytes(signed.receipt()));
        assertTrue(JWSObject.parse(signed.signature(), payload).verify(new ECDSAVerifier(key.toPublicJWK())));
    }

    @Test
    void aPermitIsASentence() {
        Directive directive = recorded(PERMIT).directive();
        assertEquals(
                "さくらクリニックが診療のために、特定健診、血圧・心拍・SpO2・体温を閲覧することを許可します" + "(期間:2026-04-01から2027-03-31まで)。",
                Sentence.japanese(directive, NAMES));
        assertEquals(
                "Allows sakura-clinic to read checkup-specific, lifelog-vitals for treatment"
                        + " (from 2026-04-01 until 2027-03-31).",
                Sentence.english(directive, Names.UNKNOWN));
    }

    @Test
    void aDenyIsASentence() {
        Directive directive = recorded(DENY).directive();
        assertEquals("すべての相手がすべての目的のために、HIVに関する情報を取り扱うことを拒否します(期間の終わりなし)。", Sentence.japanese(directive, NAMES));
        assertEquals(
                "Denies everyone to do anything with data labelled HIV for any purpose (without end).",
                Sentence.english(directive, NAMES));
    }

    private static JsonNode receipt(String json) {
        return new Receipts(PROVIDER, NAMES).receipt(recorded(json), "pairwise-1");
    }

    private static Recorded recorded(String json) {
        Directive directive = DirectiveReader.read(json.getBytes(StandardCharsets.UTF_8))
                .as("00000000-0000-7000-8000-000000000001", 1, State.ACTIVE);
        Instant at = Instant.parse("2026-04-01T00:12:00Z");
        return new Recorded(
                new PersonId(new UUID(0, 1)),
                directive,
                at,
                "hanako",
                new UUID(0, 1),
                CollectionMethod.SCREEN,
                new Notice("consent", 1, "ja", Sha256.of(new byte[0])),
                DirectiveWriter.bodyHash(directive),
                List.of(new Event(1, 1, Event.Type.GRANTED, at, "hanako", null, null)),
                List.of());
    }

    private static String sign(ECKey key, byte[] payload) {
        try {
            JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(payload));
            jws.sign(new ECDSASigner(key));
            return jws.serialize(true);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
