package phr.gateway.keys;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The key of one person's data. Encrypts payloads, and <em>blinds</em> values that a database has to compare: a blinded value
 * is equal when the value is, tells nothing without the key, and differs from person to person. Its payload key can be rotated;
 * what blinds stays for her life, since blinded values are names that the database compares. Thread-safe.
 */
public final class DataKey {

    private final Aead newest;
    private final List<Aead> older;
    private final ThreadLocal<Mac256> blinding;

    DataKey(KeyMaterial material) {
        List<Aead> payloads = material.payloads().stream().map(Aead::new).toList();
        this.newest = payloads.get(0);
        this.older = payloads.subList(1, payloads.size());
        this.blinding = ThreadLocal.withInitial(() -> new Mac256(material.blinding()));
    }

    public byte[] encrypt(byte[] plain, byte[] context) {
        return newest.encrypt(plain, context);
    }

    /**
     * @throws phr.fhir.failure.FailureException FAULT when the bytes are not what was encrypted in this context
     */
    public byte[] decrypt(byte[] box, byte[] context) {
        Optional<byte[]> plain = newest.decrypt(box, context);
        return plain.isPresent() ? plain.get() : underOlder(box, context);
    }

    /** What is under an older key of hers, under the newest; empty when it is already. */
    public Optional<byte[]> renewed(byte[] box, byte[] context) {
        return older.isEmpty() || newest.decrypt(box, context).isPresent()
                ? Optional.empty()
                : Optional.of(newest.encrypt(underOlder(box, context), context));
    }

    private byte[] underOlder(byte[] box, byte[] context) {
        return older.stream()
                .map(aead -> aead.decrypt(box, context))
                .flatMap(Optional::stream)
                .findFirst()
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

    /** The same of many that begin alike, with their domain and a NUL. */
    public UUID blindIdentity(byte[] beginning, String rest) {
        return uuid(blinding.get().ofBoth(beginning, rest));
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
