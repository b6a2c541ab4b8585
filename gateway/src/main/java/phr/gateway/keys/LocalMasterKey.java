package phr.gateway.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** A master key in memory. A wrapped key begins with the id of its master key, so that rotation finds what is left to do. */
final class LocalMasterKey implements MasterKey {

    private static final int ID_LENGTH = 8;

    private final byte[] key;
    private final Aead aead;
    private final byte[] id;

    LocalMasterKey(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("a master key has " + LENGTH + " bytes");
        }
        this.key = key.clone();
        this.aead = new Aead(Mac256.of(this.key, "wrap"));
        this.id = Arrays.copyOf(Mac256.of(this.key, "id"), ID_LENGTH);
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] owner) {
        byte[] box = aead.encrypt(dataKey, owner);
        return ByteBuffer.allocate(ID_LENGTH + box.length).put(id).put(box).array();
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] owner) {
        if (wrapped.length <= ID_LENGTH || !Arrays.equals(wrapped, 0, ID_LENGTH, id, 0, ID_LENGTH)) {
            throw unusable("the configured master key did not wrap this person's data key");
        }
        return aead.decrypt(Arrays.copyOfRange(wrapped, ID_LENGTH, wrapped.length), owner)
                .orElseThrow(() -> unusable("a wrapped data key is damaged"));
    }

    @Override
    public byte[] secret(String purpose) {
        return Mac256.of(key, "secret|" + purpose);
    }

    private static RuntimeException unusable(String text) {
        return Failure.of(Category.UNAVAILABLE, "KEY-1", text).exception();
    }
}
