package phr.deploy.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.fixtures.People;

class LocalKeycloakTest {

    @TempDir
    static Path directory;

    private static LocalKeycloak keycloak;

    @BeforeAll
    static void start() {
        keycloak = LocalKeycloak.start(directory);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    void thePersonCarriesTheClaimsOfHerAccount() throws Exception {
        JWTClaimsSet claims = claims(keycloak.token("phr-citizen", null, "hanako", "hanako-demo", "patient/*.cruds"));
        assertEquals(People.HANAKO.kanji(), claims.getStringClaim("name"));
        assertEquals(People.HANAKO.kana(), claims.getStringClaim("name_kana"));
        assertEquals(People.HANAKO.birthDate().toString(), claims.getStringClaim("birthdate"));
        assertEquals("female", claims.getStringClaim("gender"));
        assertEquals("phr-citizen", claims.getStringClaim("azp"));
        assertNull(claims.getClaim("organisation"));
        assertTrue(roles(claims).contains("citizen"));
        assertEquals(
                List.of("patient/*.cruds"),
                List.of(claims.getStringClaim("scope").split(" ")));
        assertEquals(
                300,
                Duration.between(
                                claims.getIssueTime().toInstant(),
                                claims.getExpirationTime().toInstant())
                        .toSeconds());
    }

    @Test
    void theSecondPersonIsAnother() throws Exception {
        JWTClaimsSet taro = claims(keycloak.token("phr-citizen", null, "taro", "taro-demo", "patient/*.rs"));
        assertEquals(People.TARO.kanji(), taro.getStringClaim("name"));
        assertEquals(People.TARO.kana(), taro.getStringClaim("name_kana"));
        assertEquals(People.TARO.birthDate().toString(), taro.getStringClaim("birthdate"));
        assertEquals("male", taro.getStringClaim("gender"));
    }

    @Test
    void theClinicCarriesItsOrganisation() throws Exception {
        JWTClaimsSet claims = claims(
                keycloak.token("sakura-viewer", "sakura-viewer-demo-secret", "dr-sato", "dr-sato-demo", "user/*.rs"));
        assertEquals("sakura-clinic", claims.getStringClaim("organisation"));
        assertEquals("sakura-viewer", claims.getStringClaim("azp"));
        assertEquals("user/*.rs", claims.getStringClaim("scope"));
        assertTrue(roles(claims).contains("physician"));
        assertFalse(roles(claims).contains("citizen"));

        JWTClaimsSet other = claims(keycloak.token(
                "midori-viewer", "midori-viewer-demo-secret", "dr-suzuki", "dr-suzuki-demo", "user/*.rs"));
        assertEquals("midori-clinic", other.getStringClaim("organisation"));
    }

    @Test
    void theVendorsBackendSpeaksForItself() throws Exception {
        JWTClaimsSet claims = claims(
                keycloak.token("aruku-backend", "aruku-backend-demo-secret", null, null, "system/Observation.c"));
        assertEquals("aruku", claims.getStringClaim("organisation"));
        assertEquals("aruku-backend", claims.getStringClaim("azp"));
        assertEquals("system/Observation.c", claims.getStringClaim("scope"));
    }

    @Test
    void theOperatorCarriesTheRole() throws Exception {
        JWTClaimsSet claims = claims(keycloak.token("phr-operator-console", null, "operator", "operator-demo"));
        assertTrue(roles(claims).contains("operator"));
    }

    @Test
    void aScopeThatIsNotAssignedIsRefused() {
        TokenRefusedException refused = assertThrows(
                TokenRefusedException.class,
                () -> keycloak.token("phr-citizen", null, "hanako", "hanako-demo", "system/*.rs"));
        assertEquals("invalid_scope", refused.getMessage());
    }

    @Test
    void wrongCredentialsAreRefused() {
        assertEquals("invalid_grant", refusal(() -> keycloak.token("phr-citizen", null, "hanako", "wrong")));
        assertEquals("unauthorized_client", refusal(() -> keycloak.token("aruku-backend", "wrong", null, null)));
        assertEquals(
                "unauthorized_client",
                refusal(() -> keycloak.token("aruku-backend", "aruku-backend-demo-secret", "taro", "taro-demo")));
    }

    private static String refusal(Runnable attempt) {
        String message = assertThrows(TokenRefusedException.class, attempt::run).getMessage();
        return message == null ? "" : message;
    }

    /** The claims of a token whose signature and common claims hold. */
    private static JWTClaimsSet claims(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        assertEquals(JWSAlgorithm.ES256, jwt.getHeader().getAlgorithm());
        JWKSet keys = JWKSet.load(
                URI.create(keycloak.issuer() + "/protocol/openid-connect/certs").toURL());
        assertTrue(jwt.verify(
                new ECDSAVerifier(keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey())));
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertEquals(keycloak.issuer(), claims.getIssuer());
        assertTrue(claims.getAudience().contains("phr-gateway"));
        assertNotNull(claims.getSubject());
        return claims;
    }

    private static Collection<?> roles(JWTClaimsSet claims) throws Exception {
        Map<String, Object> access = claims.getJSONObjectClaim("realm_access");
        return (Collection<?>) Objects.requireNonNull(access.get("roles"));
    }
}
