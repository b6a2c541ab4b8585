package phr.gateway.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A master key in memory. A wrapped key begins with 8 bytes that name its master key. */
final class LocalMasterKey implements MasterKey {

    private static final int ID_LENGTH = 8;

    private final Aead aead;
    private final byte[] id;

    LocalMasterKey(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("a master key has " + LENGTH + " bytes");
        }
        this.aead = new Aead(Mac256.of(key, "wrap"));
        this.id = Arrays.copyOf(Mac256.of(key, "id"), ID_LENGTH);
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] owner) {
        byte[] box = aead.encrypt(dataKey, owner);
        return ByteBuffer.allocate(ID_LENGTH + box.length).put(id).put(box).array();
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] owner) {
        return aead.decrypt(Arrays.copyOfRange(wrapped, ID_LENGTH, wrapped.length), owner)
                .orElseThrow(() -> MasterKeys.unusable("a wrapped data key is damaged"));
    }

    @Override
    public boolean wrapped(byte[] bytes) {
        return bytes.length > ID_LENGTH && Arrays.equals(bytes, 0, ID_LENGTH, id, 0, ID_LENGTH);
    }
}
