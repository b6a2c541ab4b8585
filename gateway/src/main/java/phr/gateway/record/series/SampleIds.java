package phr.gateway.record.series;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.sample.Shape;

/** Ids of the samples of a series from their keys (lifelog.md §4, sample id): they are not stored. Not thread-safe. */
public final class SampleIds {

    private static final int LENGTH = 20;

    private final MessageDigest begun;
    private final byte[] hash = new byte[LENGTH];

    /** @param ownNamespace this gateway's source namespace when the series began */
    public SampleIds(String ownNamespace, PersonId person, Shape shape) {
        UUID namespace = Ids.namespace(ownNamespace);
        begun = sha1();
        begun.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        begun.update((person + "|" + shape.namespace() + "|" + shape.prefix()).getBytes(StandardCharsets.UTF_8));
    }

    /** UUIDv5: what all keys have in common is hashed once. */
    public UUID of(String key) {
        try {
            MessageDigest sha1 = (MessageDigest) begun.clone();
            sha1.update(key.getBytes(StandardCharsets.UTF_8));
            sha1.digest(hash, 0, LENGTH);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("SHA-1 of the platform can be copied", e);
        }
        hash[6] = (byte) (hash[6] & 0x0f | 0x50);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        ByteBuffer head = ByteBuffer.wrap(hash);
        return new UUID(head.getLong(), head.getLong());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
