package phr.fhir;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 digest: the identity of an original file (checkup-cda.md CDA-R2) and of content. */
public record Sha256(String hex) {

    private static final int LENGTH = 64;

    public Sha256 {
        if (hex.length() != LENGTH || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex");
        }
    }

    public static Sha256 of(byte[] content) {
        return from(digester().digest(content));
    }

    public static Sha256 from(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** A fresh digester, for content that streams. */
    public static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The name of the content as URI, {@code ni:///sha-256;<base64url without padding>} (RFC 6920). */
    public String ni() {
        return "ni:///sha-256;" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    @Override
    public String toString() {
        return hex;
    }
}
