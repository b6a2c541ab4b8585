package phr.portability.sign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compact JWS with detached, unencoded payload (RFC 7515 App. F, RFC 7797): {@code BASE64URL(header)..BASE64URL(signature)},
 * ES256 only (phr-package.md §5.2).
 */
public final class DetachedJws {

    /** {@code typ} of a package signature. */
    public static final String PACKAGE = "phr-package+jws";

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final int RAW_SIGNATURE = 64;
    private static final Pattern COMPACT = Pattern.compile("([A-Za-z0-9_-]{1,16384})\\.\\.([A-Za-z0-9_-]{1,1024})");

    private final String header;
    private final byte[] signature;
    private final String kid;

    private DetachedJws(String header, byte[] signature, String kid) {
        this.header = header;
        this.signature = signature;
        this.kid = kid;
    }

    /**
     * Signs the payload.
     *
     * @param type value of {@code typ}, e.g. {@link #PACKAGE}
     * @return the compact form, one line without line end
     */
    public static String sign(ProviderKey key, String type, Instant issued, byte[] payload) {
        String json = "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"" + key.kid() + "\",\"typ\":\""
                + type + "\",\"iat\":" + issued.getEpochSecond() + "}";
        String header = encode(json.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key.privateKey());
            update(signer, header, payload);
            return header + ".." + encode(signer.sign());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("a P-256 key signs", e);
        }
    }

    /**
     * Reads the compact form; empty when the form, {@code alg}, {@code crit}, {@code b64} or the length of the signature is not
     * exactly what the specification demands.
     */
    public static Optional<DetachedJws> parse(String compact) {
        Matcher parts = COMPACT.matcher(compact.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String header = parts.group(1);
            byte[] json = Base64.getUrlDecoder().decode(header);
            byte[] signature = Base64.getUrlDecoder().decode(parts.group(2));
            Map<String, @Nullable Object> fields = JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8));
            return acceptable(fields) && signature.length == RAW_SIGNATURE && fields.get("kid") instanceof String kid
                    ? Optional.of(new DetachedJws(header, signature, kid))
                    : Optional.empty();
        } catch (IllegalArgumentException | ParseException e) {
            return Optional.empty();
        }
    }

    /** Thumbprint of the key that the signer names. */
    public String kid() {
        return kid;
    }

    /** Whether the key made this signature over the payload. */
    public boolean verifies(ECKey key, byte[] payload) {
        if (!Curve.P_256.equals(key.getCurve())) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key.toECPublicKey());
            update(verifier, header, payload);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | JOSEException e) {
            return false;
        }
    }

    private static boolean acceptable(Map<String, @Nullable Object> fields) {
        return "ES256".equals(fields.get("alg"))
                && Boolean.FALSE.equals(fields.get("b64"))
                && List.of("b64").equals(fields.get("crit"));
    }

    private static void update(Signature signature, String header, byte[] payload) throws GeneralSecurityException {
        signature.update(header.getBytes(StandardCharsets.US_ASCII));
        signature.update((byte) '.');
        signature.update(payload);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
