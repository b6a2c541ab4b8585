package phr.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256, for deriving keys and for names that only the holder of a key can make. Not thread-safe. */
final class Mac256 {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Mac256(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    static byte[] of(byte[] key, String text) {
        return new Mac256(key).of(text);
    }

    byte[] of(String text) {
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] ofBoth(byte[] beginning, String rest) {
        mac.update(beginning);
        return of(rest);
    }

    byte[] of(byte[] bytes) {
        return mac.doFinal(bytes);
    }
}
