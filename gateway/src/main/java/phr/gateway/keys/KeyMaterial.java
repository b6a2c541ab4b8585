package phr.gateway.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrapped as one person's data key: a blinding key that stays for her life, and payload keys, the newest first. More than
 * one only while stored payloads are written anew.
 */
record KeyMaterial(byte[] blinding, List<byte[]> payloads) {

    /** Of the blinding key and of each payload key. */
    private static final int LENGTH = 32;

    private static final byte LAYOUT = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    KeyMaterial {
        payloads = List.copyOf(payloads);
    }

    static KeyMaterial fresh() {
        return new KeyMaterial(random(), List.of(random()));
    }

    /** @param bytes of {@link #bytes}, or 32 bytes from which both keys are derived, as keys were kept at first */
    static KeyMaterial parse(byte[] bytes) {
        if (bytes.length == LENGTH) {
            return new KeyMaterial(Mac256.of(bytes, "blind"), List.of(Mac256.of(bytes, "payload")));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < 1 + 2 * LENGTH || (bytes.length - 1) % LENGTH != 0 || in.get() != LAYOUT) {
            throw MasterKeys.unusable("a data key has a layout this version does not know");
        }
        byte[] blinding = next(in);
        List<byte[]> payloads = new ArrayList<>();
        while (in.hasRemaining()) {
            payloads.add(next(in));
        }
        return new KeyMaterial(blinding, payloads);
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(1 + LENGTH * (1 + payloads.size()))
                .put(LAYOUT)
                .put(blinding);
        payloads.forEach(out::put);
        return out.array();
    }

    /** With one more payload key, which encrypts from now on. */
    KeyMaterial renewed() {
        List<byte[]> more = new ArrayList<>();
        more.add(random());
        more.addAll(payloads);
        return new KeyMaterial(blinding, more);
    }

    /** With the newest payload key alone. */
    KeyMaterial settled() {
        return new KeyMaterial(blinding, payloads.subList(0, 1));
    }

    private static byte[] next(ByteBuffer in) {
        byte[] key = new byte[LENGTH];
        in.get(key);
        return key;
    }

    private static byte[] random() {
        byte[] key = new byte[LENGTH];
        RANDOM.nextBytes(key);
        return key;
    }
}
