package phr.fhir.normalise.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The elements of a well-formed JSON array, as bytes in a buffer until the next one is asked for. */
final class ByteElements {

    private final InputStream in;
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int position;
    private int limit;
    private boolean tooLong;

    /** @param in behind the opening bracket */
    ByteElements(InputStream in) {
        this.in = in;
    }

    /** Moves to the next element; false at the end of the array. */
    boolean next() throws IOException {
        from = position;
        int first = skip();
        if (first < 0 || first == ']') {
            return false;
        }
        from = position;
        if (first == '{' || first == '[') {
            structure();
        } else if (first == '"') {
            position++;
            string();
        } else {
            scalar();
        }
        return true;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return position;
    }

    /** The element is larger than fits; nothing behind it can be read. */
    boolean tooLong() {
        return tooLong;
    }

    /** To the first byte that is neither blank nor comma; negative at the end of the file. */
    private int skip() throws IOException {
        while (true) {
            if (position == limit) {
                from = position;
                if (!more()) {
                    return -1;
                }
            }
            byte b = buffer[position];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && b != ',') {
                return b & 0xff;
            }
            position++;
        }
    }

    private void structure() throws IOException {
        int depth = 0;
        while (position < limit || more()) {
            byte b = buffer[position++];
            if (b == '"') {
                string();
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return;
            }
        }
    }

    /** To behind the closing quote. */
    private void string() throws IOException {
        while (position < limit || more()) {
            byte b = buffer[position++];
            if (b == '"') {
                return;
            }
            if (b == '\\' && (position < limit || more())) {
                position++;
            }
        }
    }

    private void scalar() throws IOException {
        while (position < limit || more()) {
            byte b = buffer[position];
            if (b == ',' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                return;
            }
            position++;
        }
    }

    /** Reads on; the element at hand moves to the beginning of the buffer, or into a larger one. */
    private boolean more() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, limit - from);
            position -= from;
            limit -= from;
            from = 0;
        } else if (limit == buffer.length) {
            if (limit >= Pieces.LARGEST_OBJECT) {
                tooLong = true;
                return false;
            }
            buffer = Arrays.copyOf(buffer, Math.min(Pieces.LARGEST_OBJECT, 2 * buffer.length));
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, read);
        return read > 0;
    }
}
