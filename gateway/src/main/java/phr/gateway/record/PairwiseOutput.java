package phr.gateway.record;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Replaces one id by another while bytes stream through, also where it is cut over two writes. Both are UUIDs in text form,
 * so lengths and JSON structure stay as they are.
 */
final class PairwiseOutput extends FilterOutputStream {

    private static final int LENGTH = 36;

    private final byte[] from;
    private final byte[] to;
    private final int[] skip = new int[256];
    private final byte[] buffer;
    private int size;

    /** @param capacity bytes that are looked through at once */
    PairwiseOutput(OutputStream out, UUID from, UUID to, int capacity) {
        super(out);
        this.from = from.toString().getBytes(StandardCharsets.US_ASCII);
        this.to = to.toString().getBytes(StandardCharsets.US_ASCII);
        this.buffer = new byte[Math.max(capacity, 2 * LENGTH)];
        Arrays.fill(skip, LENGTH);
        for (int i = 0; i < LENGTH - 1; i++) {
            skip[this.from[i] & 0xff] = LENGTH - 1 - i;
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
        int done = replaceAll();
        int keep = Math.min(LENGTH - 1, size - done);
        out.write(buffer, done, size - keep - done);
        System.arraycopy(buffer, size - keep, buffer, 0, keep);
        size = keep;
    }

    /** Writes everything up to the end of the last occurrence and answers where that is (Boyer-Moore-Horspool). */
    private int replaceAll() throws IOException {
        int done = 0;
        int at = 0;
        while (at + LENGTH <= size) {
            if (Arrays.equals(buffer, at, at + LENGTH, from, 0, LENGTH)) {
                out.write(buffer, done, at - done);
                out.write(to);
                at += LENGTH;
                done = at;
            } else {
                at += skip[buffer[at + LENGTH - 1] & 0xff];
            }
        }
        return done;
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
