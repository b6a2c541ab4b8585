package phr.fhir.normalise.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each at most 1 MiB; of a longer one only its length is noticed. */
final class ByteLines {

    static final int LONGEST = 1024 * 1024;

    /**
     * @param number from 1
     * @param bytes without line end and byte order mark
     * @param tooLong the line was longer than {@link #LONGEST}; then the bytes are its beginning
     */
    record Line(int number, byte[] bytes, boolean tooLong) {

        boolean blank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t') {
                    return false;
                }
            }
            return !tooLong;
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private int number;

    ByteLines(InputStream in) {
        this.in = in;
    }

    /** The next line, null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        line.reset();
        boolean any = false;
        boolean tooLong = false;
        while (fill()) {
            any = true;
            int end = endOfLine();
            int room = LONGEST - line.size();
            tooLong |= end - position > room;
            line.write(buffer, position, Math.min(end - position, room));
            position = end;
            if (end < limit) {
                position++;
                break;
            }
        }
        return any ? new Line(++number, content(), tooLong) : null;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return limit > 0;
    }

    private int endOfLine() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private byte[] content() {
        byte[] bytes = line.toByteArray();
        int from = number == 0 && startsWithMark(bytes) ? 3 : 0;
        int to = bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return from == 0 && to == bytes.length ? bytes : java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }
}
