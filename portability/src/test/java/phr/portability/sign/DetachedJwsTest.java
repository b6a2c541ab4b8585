package phr.portability.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.FailureException;

class DetachedJwsTest {

    /** Made for this test, used nowhere else. */
    private static final String KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"dfCf8p3hxGPXquylW6UbqRFSobYbQAArwjCXV1891b8\","
            + "\"y\":\"drsFH2GIiGi35giokx2jUnHu_IgTDs-tLpcUo3Jc-5A\","
            + "\"d\":\"eZzSEz0SEQCFWcefbOXPD2xiiUmb7_EDVwvFgdYHUkg\"}";

    private static final byte[] PAYLOAD = "abc  data/a.txt\n".getBytes(StandardCharsets.UTF_8);

    private final ProviderKey key = ProviderKey.parse(KEY);

    @Test
    void theKeyIsNamedByItsThumbprint() {
        assertEquals("5UxDXQrIXjMu8WuX2u0gMutEjLHHJAiFk8XAQ-PSCbs", key.kid());
    }

    @Test
    @DisplayName("P-32 ES256 and the id of the key")
    void theHeaderIsTheOneOfTheSpecification() {
        String jws = DetachedJws.sign(key, DetachedJws.PACKAGE, Instant.ofEpochSecond(1775012400), PAYLOAD);
        String header =
                new String(Base64.getUrlDecoder().decode(jws.substring(0, jws.indexOf('.'))), StandardCharsets.UTF_8);
        assertEquals(
                "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"" + key.kid()
                        + "\",\"typ\":\"phr-package+jws\",\"iat\":1775012400}",
                header);
        assertTrue(jws.contains(".."));
    }

    @Test
    void whatIsSignedVerifiesAndNothingElseDoes() {
        DetachedJws jws = DetachedJws.parse(signed()).orElseThrow();
        assertEquals(key.kid(), jws.kid());
        assertTrue(jws.verifies(key.publicKey(), PAYLOAD));
        assertFalse(jws.verifies(key.publicKey(), "abc  data/b.txt\n".getBytes(StandardCharsets.UTF_8)));
        assertFalse(jws.verifies(ProviderKey.generate().publicKey(), PAYLOAD));
    }

    @Test
    void nimbusVerifiesWhatWeSign() throws Exception {
        com.nimbusds.jose.JWSObject object =
                com.nimbusds.jose.JWSObject.parse(signed(), new com.nimbusds.jose.Payload(PAYLOAD));
        assertTrue(object.verify(
                new com.nimbusds.jose.crypto.ECDSAVerifier(key.publicKey().toECPublicKey(), java.util.Set.of("b64"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}",
                "{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}",
                "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"kid\":\"k\"}",
                "{\"alg\":\"ES256\",\"b64\":true,\"crit\":[\"b64\"],\"kid\":\"k\"}",
                "{\"alg\":\"ES256\",\"b64\":false,\"kid\":\"k\"}",
                "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\",\"exp\"],\"kid\":\"k\"}",
                "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "[]"
            })
    void aHeaderThatIsNotExactlyAsDemandedIsRefused(String header) throws Exception {
        assertTrue(DetachedJws.parse(handmade(header, "SHA256withECDSAinP1363Format"))
                .isEmpty());
    }

    @Test
    void aSignatureInDerFormIsRefused() throws Exception {
        String header = "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}";
        assertTrue(DetachedJws.parse(handmade(header, "SHA256withECDSAinP1363Format"))
                .isPresent());
        assertTrue(DetachedJws.parse(handmade(header, "SHA256withECDSA")).isEmpty());
    }

    @Test
    void anAlteredHeaderDoesNotVerify() {
        String later = DetachedJws.sign(key, DetachedJws.PACKAGE, Instant.ofEpochSecond(5), PAYLOAD);
        String mixed = later.substring(0, later.indexOf('.')) + signed().substring(signed().indexOf('.'));
        assertFalse(DetachedJws.parse(mixed).orElseThrow().verifies(key.publicKey(), PAYLOAD));
    }

    @Test
    void aPayloadInsideIsRefused() {
        assertTrue(DetachedJws.parse(signed().replace("..", ".YWJj.")).isEmpty());
    }

    @Test
    @DisplayName("P-32, §20 artefacts signed with SHA-1: one does not verify, whatever its header says")
    void aSignatureOverSha1IsWorthNothing() throws Exception {
        String header = "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}";
        String weak = handmade(header, "SHA1withECDSAinP1363Format");
        assertFalse(DetachedJws.parse(weak).orElseThrow().verifies(key.publicKey(), PAYLOAD));
        assertTrue(DetachedJws.parse(handmade(header.replace("ES256", "RS1"), "SHA1withECDSAinP1363Format"))
                .isEmpty());
    }

    @Test
    void anotherKindOfKeyIsRefused() {
        assertThrows(FailureException.class, () -> ProviderKey.parse("{\"kty\":\"oct\",\"k\":\"AAAA\"}"));
        assertThrows(
                FailureException.class, () -> ProviderKey.parse(key.publicKey().toJSONString()));
        assertEquals(key.kid(), ProviderKey.parse(key.toPrivateJwk()).kid());
        String foreignHalf = ProviderKey.generate()
                .publicKey()
                .toJSONString()
                .replace("}", "," + KEY.substring(KEY.indexOf("\"d\"")));
        assertThrows(FailureException.class, () -> ProviderKey.parse(foreignHalf));
    }

    private String signed() {
        return DetachedJws.sign(key, DetachedJws.PACKAGE, Instant.ofEpochSecond(1), PAYLOAD);
    }

    private String handmade(String header, String algorithm) throws Exception {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key.privateKey());
        signature.update((encoded + ".").getBytes(StandardCharsets.US_ASCII));
        signature.update(PAYLOAD);
        return encoded + ".." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }
}
