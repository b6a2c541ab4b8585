package phr.gateway.ingest.upload;

import jakarta.ws.rs.WebApplicationException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Checksum of one part (tus, checksum extension). */
final class Checksum {

    static final String ALGORITHMS = "sha1,sha256";

    private static final int MISMATCH = 460;

    private final MessageDigest digest;
    private final byte[] expected;

    private Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /**
     * @param header {@code sha1 <base64>} or {@code sha256 <base64>}
     * @return null when there is none
     */
    static @Nullable Checksum parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" ", 2);
        if (parts.length < 2) {
            throw Tus.malformed("an algorithm and a value expected", Tus.CHECKSUM);
        }
        try {
            return new Checksum(digest(parts[0]), Base64.getDecoder().decode(parts[1].strip()));
        } catch (IllegalArgumentException e) {
            throw Tus.malformed("a value in Base64 expected", Tus.CHECKSUM);
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return switch (name) {
                case "sha1" -> MessageDigest.getInstance("SHA-1");
                case "sha256" -> MessageDigest.getInstance("SHA-256");
                default -> throw Tus.malformed("one of " + ALGORITHMS + " expected", Tus.CHECKSUM);
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has them", e);
        }
    }

    InputStream over(InputStream in) {
        return new DigestInputStream(in, digest);
    }

    /** @throws WebApplicationException 460 when the bytes that were read are others */
    void verify() {
        if (!MessageDigest.isEqual(digest.digest(), expected)) {
            throw new WebApplicationException(MISMATCH);
        }
    }
}
