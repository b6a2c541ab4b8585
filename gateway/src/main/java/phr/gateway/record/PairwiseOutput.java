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
    private static final int HASH_BITS = 12;
    private static final VarHandle GRAMS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] from;
    private final byte[] to;
    /** By the hash of four bytes, how far behind them the id can end at the soonest; few places of a resource have four in common. */
    private final int[] skip = new int[1 << HASH_BITS];

    private final byte[] buffer;
    private int size;

    /** @param capacity bytes that are looked through at once */
    PairwiseOutput(OutputStream out, UUID from, UUID to, int capacity) {
        super(out);
        this.from = from.toString().getBytes(StandardCharsets.US_ASCII);
        this.to = to.toString().getBytes(StandardCharsets.US_ASCII);
        this.buffer = new byte[Math.max(capacity, 2 * LENGTH)];
        Arrays.fill(skip, LENGTH - GRAM + 1);
        for (int i = 0; i <= LENGTH - GRAM; i++) {
            skip[hash(this.from, i)] = LENGTH - GRAM - i;
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

    /** Replaces in place and answers where the last occurrence ends (Boyer-Moore-Horspool over four bytes). */
    private int replaceAll() {
        int done = 0;
        int at = 0;
        while (at + LENGTH <= size) {
            int further = skip[hash(buffer, at + LENGTH - GRAM)];
            if (further > 0) {
                at += further;
            } else if (Arrays.equals(buffer, at, at + LENGTH, from, 0, LENGTH)) {
                System.arraycopy(to, 0, buffer, at, LENGTH);
                at += LENGTH;
                done = at;
            } else {
                at++;
            }
        }
        return done;
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
