package phr.gateway.record;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Replaces one id by another while bytes stream through, also where it is cut over two writes. Both are UUIDs in text form,
 * so lengths and JSON structure stay as they are.
 */
final class PairwiseOutput extends FilterOutputStream {

    private static final int LENGTH = 36;
    private static final int GRAM = 4;
    private static final int STRIDE = LENGTH - GRAM + 1;
    private static final byte SEVERAL = -1;
    private static final int HASH_BITS = 12;
    private static final VarHandle GRAMS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] from;
    private final byte[] to;
    /** By the hash of four bytes, one more than where they stand in the id; 0 when they do not, SEVERAL when others may as well. */
    private final byte[] places = new byte[1 << HASH_BITS];

    private final byte[] buffer;
    private int size;

    /** @param capacity bytes that are looked through at once */
    PairwiseOutput(OutputStream out, UUID from, UUID to, int capacity) {
        super(out);
        this.from = from.toString().getBytes(StandardCharsets.US_ASCII);
        this.to = to.toString().getBytes(StandardCharsets.US_ASCII);
        this.buffer = new byte[Math.max(capacity, 2 * LENGTH)];
        for (int i = 0; i <= LENGTH - GRAM; i++) {
            int hash = hash(this.from, i);
            places[hash] = (byte) (places[hash] == 0 ? i + 1 : SEVERAL);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        while (at < offset + length) {
            int count = Math.min(offset + length - at, buffer.length - size);
            System.arraycopy(bytes, at, buffer, size, count);
            size += count;
            at += count;
            if (size == buffer.length) {
                drain();
            }
        }
    }

    /** Writes all but the last bytes, which may begin the id. */
    private void drain() throws IOException {
        int keep = Math.min(LENGTH - 1, size - replaceAll());
        out.write(buffer, 0, size - keep);
        System.arraycopy(buffer, size - keep, buffer, 0, keep);
        size = keep;
    }

    /**
     * Replaces in place and answers where the last occurrence ends. Wherever the id stands, four of its bytes begin at a multiple of
     * the stride; looking only there, and there always, no look waits for the one before.
     */
    private int replaceAll() {
        int done = 0;
        for (int at = 0; at + GRAM <= size; at += STRIDE) {
            int place = places[hash(buffer, at)];
            if (place > 0) {
                done = replaced(at - place + 1, done);
            } else if (place == SEVERAL) {
                for (int start = at - STRIDE + 1; start <= at; start++) {
                    done = replaced(start, done);
                }
            }
        }
        return done;
    }

    private int replaced(int start, int done) {
        if (start < 0 || start + LENGTH > size || !Arrays.equals(buffer, start, start + LENGTH, from, 0, LENGTH)) {
            return done;
        }
        System.arraycopy(to, 0, buffer, start, LENGTH);
        return start + LENGTH;
    }

    private static int hash(byte[] bytes, int at) {
        return (int) GRAMS.get(bytes, at) * 0x9E3779B1 >>> Integer.SIZE - HASH_BITS;
    }

    /** The last bytes go out only at the end: a flush in between must not cut an id in two. */
    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    /** No more bytes: what was held back is written. */
    void finish() throws IOException {
        drain();
        out.write(buffer, 0, size);
        size = 0;
    }

    @Override
    public void close() throws IOException {
        finish();
        super.close();
    }
}
