package phr.gateway.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random 96-bit nonce before the ciphertext (NIST SP 800-38D). One key is good for 2<sup>32</sup> messages,
 * far more than one person's documents. Thread-safe.
 */
public final class Aead {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** @param key 32 bytes */
    public Aead(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * @param context authenticated, not stored; must be the same to decrypt
     */
    public byte[] encrypt(byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
            byte[] box = new byte[NONCE + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, box, 0, NONCE);
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
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, box, context);
            return Optional.of(cipher.doFinal(box, NONCE, box.length - NONCE));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM decrypts", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
        cipher.updateAAD(context);
        return cipher;
    }
}
