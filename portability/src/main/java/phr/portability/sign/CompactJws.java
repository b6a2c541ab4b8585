package phr.portability.sign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import java.time.Instant;

/** Compact JWS that carries its payload (RFC 7515 §7.1), ES256 only; what {@code application/jose} means. */
public final class CompactJws {

    private CompactJws() {}

    /** @param type value of {@code typ} */
    public static String sign(ProviderKey key, String type, Instant issued, byte[] payload) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.kid())
                .type(new JOSEObjectType(type))
                .customParam("iat", issued.getEpochSecond())
                .build();
        try {
            JWSObject jws = new JWSObject(header, new Payload(payload));
            jws.sign(new ECDSASigner(key.key()));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a P-256 key signs", e);
        }
    }
}
