package phr.gateway.keys;

/**
 * Encrypts and decrypts for nobody, under half a second, before the first file. The processor's own instructions for GCM are
 * used by what the virtual machine has compiled, and it compiles what is called often: a file comes in few large boxes, and hundreds
 * of megabytes would go by at a fiftieth of the speed.
 */
final class Practice {

    /** Does nothing any more; whoever asks first, or meanwhile, waits. */
    static final Runnable DONE;

    private static final int BOXES = 6_000;

    /** All ways through the cipher: above 64 KiB there is another one. */
    private static final int SMALL = 64;

    private static final int LARGE = 66_000;
    private static final int EVERY = 16;

    static {
        Aead nobodys = new Aead(new byte[32]);
        for (int i = 0; i < BOXES; i++) {
            byte[] box = nobodys.encrypt(new byte[i % EVERY == 0 ? LARGE : SMALL], new byte[SMALL]);
            if (nobodys.decrypt(box, new byte[SMALL]).isEmpty()) {
                throw new IllegalStateException("what is encrypted is decrypted");
            }
        }
        DONE = () -> {};
    }

    private Practice() {}
}
