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
    /** The last bytes written, held back because they may begin the id. */
    private final byte[] tail = new byte[2 * LENGTH];

    private int held;

    PairwiseOutput(OutputStream out, UUID from, UUID to) {
        super(out);
        this.from = from.toString().getBytes(StandardCharsets.US_ASCII);
        this.to = to.toString().getBytes(StandardCharsets.US_ASCII);
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
        byte[] all = new byte[held + length];
        System.arraycopy(tail, 0, all, 0, held);
        System.arraycopy(bytes, offset, all, held, length);
        int done = replaceAll(all);
        int keep = Math.min(LENGTH - 1, all.length - done);
        out.write(all, done, all.length - keep - done);
        System.arraycopy(all, all.length - keep, tail, 0, keep);
        held = keep;
    }

    /** Writes everything up to the end of the last occurrence and answers where that is (Boyer-Moore-Horspool). */
    private int replaceAll(byte[] all) throws IOException {
        int done = 0;
        int at = 0;
        while (at + LENGTH <= all.length) {
            if (Arrays.equals(all, at, at + LENGTH, from, 0, LENGTH)) {
                out.write(all, done, at - done);
                out.write(to);
                at += LENGTH;
                done = at;
            } else {
                at += skip[all[at + LENGTH - 1] & 0xff];
            }
        }
        return done;
    }

    /** Bytes held back go out only at the end: a flush in between must not cut an id in two. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** No more bytes: what was held back is written. */
    void finish() throws IOException {
        out.write(tail, 0, held);
        held = 0;
    }

    @Override
    public void close() throws IOException {
        finish();
        super.close();
    }
}
