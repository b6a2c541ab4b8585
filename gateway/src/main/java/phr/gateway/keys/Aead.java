package phr.gateway.keys;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random 96-bit nonce before the ciphertext (NIST SP 800-38D §8.2.2). One key is good for 2<sup>32</sup> boxes
 * (§8.3); a person's key makes one per document and one per 4,096 samples, so that it never comes near. Thread-safe.
 */
public final class Aead {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** Bytes; of a file, not of a resource. */
    private static final int LARGE = 128 << 10;

    /** Looking a cipher up costs more than a small box, and asking for 12 random bytes at a time nearly as much. */
    private static final ThreadLocal<Desk> DESK = ThreadLocal.withInitial(Desk::new);

    private final SecretKeySpec key;

    /** @param key 32 bytes */
    public Aead(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * @param context authenticated, not stored; must be the same to decrypt
     */
    public byte[] encrypt(byte[] plain, byte[] context) {
        Desk desk = desk(plain.length);
        byte[] box = new byte[NONCE + plain.length + TAG_BITS / 8];
        desk.nonce(box);
        try {
            Cipher cipher = desk.cipher(Cipher.ENCRYPT_MODE, key, box, context);
            cipher.doFinal(plain, 0, plain.length, box, NONCE);
            return box;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encrypts", e);
        }
    }

    /** The plain bytes; empty when key, context or bytes are not those of the encryption. */
    public Optional<byte[]> decrypt(byte[] box, byte[] context) {
        if (box.length < NONCE + TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            Cipher cipher = desk(box.length).cipher(Cipher.DECRYPT_MODE, key, box, context);
            return Optional.of(cipher.doFinal(box, NONCE, box.length - NONCE));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM decrypts", e);
        }
    }

    private static Desk desk(int size) {
        if (size >= LARGE) {
            Practice.DONE.run();
        }
        return DESK.get();
    }

    /** What one thread works with. Each box initialises the cipher anew, so nothing of one is left for the next. */
    private static final class Desk {

        private static final SecureRandom RANDOM = new SecureRandom();

        private final Cipher cipher;
        private final byte[] nonces = new byte[NONCE * 64];
        private int used = nonces.length;

        Desk() {
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
                throw new IllegalStateException("every Java platform has AES-GCM", e);
            }
        }

        /** Each nonce is handed out once. */
        void nonce(byte[] box) {
            if (used == nonces.length) {
                RANDOM.nextBytes(nonces);
                used = 0;
            }
            System.arraycopy(nonces, used, box, 0, NONCE);
            used += NONCE;
        }

        Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] context) throws GeneralSecurityException {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
            cipher.updateAAD(context);
            return cipher;
        }
    }
}
