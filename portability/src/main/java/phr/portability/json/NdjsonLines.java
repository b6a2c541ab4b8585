package phr.portability.json;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of an NDJSON file, read liberally: BOM, CRLF, blank lines and spaces at the ends are tolerated and noted. */
public final class NdjsonLines implements Closeable {

    private static final int BOM = 0xFEFF;

    private final InputStream in;
    private final int longest;
    private int number;
    private boolean tolerated;
    private boolean tooLong;

    /** @param longest bytes of a line; longer ones are skipped */
    public NdjsonLines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.longest = longest;
    }

    /** The next line that is not blank, null at the end. After it, {@link #tooLong} says whether it had to be cut. */
    public byte @Nullable [] next() throws IOException {
        byte[] line = raw();
        while (line != null && !tooLong && trimmed(line).length == 0) {
            tolerated = true;
            line = raw();
        }
        if (line == null || tooLong) {
            return line;
        }
        byte[] text = trimmed(line);
        tolerated |= text.length != line.length;
        return text;
    }

    /** Number of the last line, from 1. */
    public int number() {
        return number;
    }

    /** Whether the last line was longer than allowed and is therefore incomplete. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Whether something had to be overlooked so far. */
    public boolean tolerated() {
        return tolerated;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte @Nullable [] raw() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        tooLong = false;
        int c = in.read();
        if (c < 0) {
            return null;
        }
        number++;
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() < longest) {
                line.write(c);
            } else {
                tooLong = true;
            }
        }
        return line.toByteArray();
    }

    private byte[] trimmed(byte[] line) {
        int from = number == 1 && startsWithBom(line) ? 3 : 0;
        int to = line.length;
        while (to > from && line[to - 1] <= ' ' && line[to - 1] >= 0) {
            to--;
        }
        while (from < to && line[from] <= ' ' && line[from] >= 0) {
            from++;
        }
        return java.util.Arrays.copyOfRange(line, from, to);
    }

    private static boolean startsWithBom(byte[] line) {
        byte[] bom = Character.toString(BOM).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return line.length >= 3 && line[0] == bom[0] && line[1] == bom[1] && line[2] == bom[2];
    }
}
