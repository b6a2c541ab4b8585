package phr.fhir.normalise.json;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each at most 1 MiB; of a longer one only its length is noticed. */
final class ByteLines {

    static final int LONGEST = 1024 * 1024;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long LINE_ENDS = '\n' * ONES;

    /**
     * A line in a buffer, until the next line is asked for.
     *
     * @param number from 1
     * @param from first byte, behind a byte order mark
     * @param to position of the line end
     * @param tooLong the line was longer than {@link #LONGEST}; then its bytes are not there
     */
    record Line(int number, byte[] bytes, int from, int to, boolean tooLong) {

        boolean blank() {
            for (int i = from; i < to; i++) {
                if (bytes[i] != ' ' && bytes[i] != '\t') {
                    return false;
                }
            }
            return !tooLong;
        }
    }

    private final InputStream in;
    private byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private int number;

    ByteLines(InputStream in) {
        this.in = in;
    }

    /** The next line, null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        if (position == limit && !more()) {
            return null;
        }
        int length = endOfLine(position) - position;
        while (position + length == limit && length <= LONGEST && more()) {
            length = endOfLine(position + length) - position;
        }
        int end = position + length;
        boolean tooLong = length > LONGEST;
        Line line = line(end, tooLong);
        position = end;
        if (tooLong) {
            skipRest();
        } else if (position < limit) {
            position++;
        }
        return line;
    }

    private Line line(int end, boolean tooLong) {
        int from = ++number == 1 && startsWithMark(end) ? position + 3 : position;
        int to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        return new Line(number, buffer, from, to, tooLong);
    }

    /** Reads on; what is left of the buffer moves to its beginning, or into a larger one. */
    private boolean more() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        } else if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, read);
        return read > 0;
    }

    private void skipRest() throws IOException {
        int end = endOfLine(position);
        while (end == limit) {
            position = limit;
            if (!more()) {
                return;
            }
            end = endOfLine(position);
        }
        position = end + 1;
    }

    /** Looks at eight bytes at a time. */
    private int endOfLine(int from) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long other = (long) EIGHT.get(buffer, at) ^ LINE_ENDS;
            long found = (other - ONES) & ~other & HIGH;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < limit && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean startsWithMark(int end) {
        return end - position >= 3
                && buffer[position] == (byte) 0xef
                && buffer[position + 1] == (byte) 0xbb
                && buffer[position + 2] == (byte) 0xbf;
    }
}
