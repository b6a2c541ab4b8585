package phr.fhir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.UUID;

/** Name-based UUIDs ({@link Ids#v5}) of many names that begin alike. Not thread-safe. */
public final class NamedIds {

    private final MessageDigest sha1 = Ids.sha1();
    private final byte[] beginning;
    private final byte[] hash = new byte[20];

    /** @param beginning of every name */
    public NamedIds(UUID namespace, String beginning) {
        byte[] text = beginning.getBytes(StandardCharsets.UTF_8);
        this.beginning = ByteBuffer.allocate(16 + text.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(text)
                .array();
    }

    /** The id of the name that goes on with these bytes of UTF-8 text. */
    public UUID of(byte[] text, int from, int to) {
        sha1.update(beginning);
        sha1.update(text, from, to - from);
        try {
            sha1.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 has 20 bytes", e);
        }
        return Ids.named(hash);
    }
}
