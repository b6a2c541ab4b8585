package phr.portability.sign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.time.Instant;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** A provider's signing key: EC P-256, named by its RFC 7638 SHA-256 thumbprint. */
public final class ProviderKey {

    private final ECKey key;

    private ProviderKey(ECKey key) {
        this.key = key;
    }

    /**
     * @param jwk private EC P-256 key as JWK
     * @throws phr.fhir.failure.FailureException when it is anything else
     */
    public static ProviderKey parse(String jwk) {
        try {
            ECKey key = ECKey.parse(jwk);
            if (!Curve.P_256.equals(key.getCurve()) || !key.isPrivate()) {
                throw refused();
            }
            ProviderKey parsed = new ProviderKey(named(key));
            if (!parsed.fits()) {
                throw refused();
            }
            return parsed;
        } catch (ParseException | JOSEException e) {
            throw refused();
        }
    }

    /** A new key. */
    public static ProviderKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new ProviderKey(named(new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .build()));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /** Thumbprint of the public key. */
    public String kid() {
        return key.getKeyID();
    }

    /** For the provider's JWKS. */
    public ECKey publicKey() {
        return key.toPublicJWK();
    }

    /** The whole key as JWK: a secret. */
    public String toPrivateJwk() {
        return key.toJSONString();
    }

    ECKey key() {
        return key;
    }

    PrivateKey privateKey() throws JOSEException {
        return key.toECPrivateKey();
    }

    /** Whether the private half belongs to the public one; otherwise nobody could ever verify what is signed. */
    private boolean fits() {
        byte[] probe = {1};
        String signed = DetachedJws.sign(this, "probe", Instant.EPOCH, probe);
        return DetachedJws.parse(signed)
                .filter(jws -> jws.verifies(publicKey(), probe))
                .isPresent();
    }

    private static ECKey named(ECKey key) throws JOSEException {
        return new ECKey.Builder(key).keyIDFromThumbprint().build();
    }

    private static RuntimeException refused() {
        return Failure.of(Category.FAULT, "KEY-1", "the signing key is not a private EC P-256 key in JWK form")
                .exception();
    }
}
