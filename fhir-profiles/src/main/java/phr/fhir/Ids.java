package phr.fhir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Ids of resources: derived where the same input must give the same id, time-ordered elsewhere (phr-package.md §8.2). */
public final class Ids {

    private static final UUID URL_NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** The UUID namespace of a source: its FHIR base URL without trailing slash, or {@code urn:phr:{serviceId}}. */
    public static UUID namespace(String source) {
        return v5(URL_NAMESPACE, source);
    }

    /** The local id of a resource that another provider calls {@code Type/id}. */
    public static UUID ofSource(String source, String typeAndId) {
        return v5(namespace(source), typeAndId);
    }

    /**
     * The id of a resource derived from an original file.
     *
     * @param ownNamespace this gateway's source namespace
     * @param key of the resource within the original, e.g. {@code 9N001000000000001|1}
     */
    public static UUID ofOriginal(String ownNamespace, PersonId person, Sha256 original, String type, String key) {
        return v5(namespace(ownNamespace), person + "|" + original + "|" + type + "|" + key);
    }

    /** Name-based UUID with SHA-1 (RFC 9562 §5.5). */
    public static UUID v5(UUID namespace, String name) {
        MessageDigest sha1 = sha1();
        sha1.update(bytes(namespace));
        return named(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    }

    static UUID named(byte[] hash) {
        hash[6] = (byte) (hash[6] & 0x0f | 0x50);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        ByteBuffer head = ByteBuffer.wrap(hash);
        return new UUID(head.getLong(), head.getLong());
    }

    /** Time-ordered UUID (RFC 9562 §5.7). */
    public static UUID v7(Clock clock) {
        long random = RANDOM.nextLong();
        long high = clock.millis() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        return new UUID(high, random & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
