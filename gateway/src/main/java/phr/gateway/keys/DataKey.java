package phr.gateway.keys;

import java.nio.ByteBuffer;
import java.util.UUID;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The key of one person's data. Encrypts payloads, and <em>blinds</em> values that a database has to compare: a blinded value
 * is equal when the value is, tells nothing without the key, and differs from person to person. Thread-safe.
 */
public final class DataKey {

    static final int LENGTH = 32;

    private final Aead aead;
    private final ThreadLocal<Mac256> blinding;

    DataKey(byte[] key) {
        this.aead = new Aead(Mac256.of(key, "payload"));
        byte[] blindingKey = Mac256.of(key, "blind");
        this.blinding = ThreadLocal.withInitial(() -> new Mac256(blindingKey));
    }

    public byte[] encrypt(byte[] plain, byte[] context) {
        return aead.encrypt(plain, context);
    }

    /**
     * @throws phr.fhir.failure.FailureException FAULT when the bytes are not what was encrypted in this context
     */
    public byte[] decrypt(byte[] box, byte[] context) {
        return aead.decrypt(box, context)
                .orElseThrow(() -> Failure.of(Category.FAULT, "KEY-2", "a stored payload is damaged")
                        .exception());
    }

    /**
     * 64 bits: enough to tell the values of one person apart.
     *
     * @param domain kind of value, without NUL; equal values of different kinds blind differently
     */
    public long blind(String domain, String value) {
        return ByteBuffer.wrap(blinding.get().of(domain + '\0' + value)).getLong();
    }

    /** 128 bits: for identities, where a collision would lose data. */
    public UUID blindIdentity(String domain, String value) {
        return uuid(blinding.get().of(domain + '\0' + value));
    }

    /** 128 bits that are equal when the content is. */
    public UUID fingerprint(byte[] content) {
        return uuid(blinding.get().of(content));
    }

    private static UUID uuid(byte[] mac) {
        ByteBuffer bytes = ByteBuffer.wrap(mac);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
