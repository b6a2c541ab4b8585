package phr.fhir.guide;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes files as POSIX ustar (IEEE 1003.1), without owner or time. */
final class Tar {

    private static final int BLOCK = 512;
    private static final int LONGEST = 100;
    private static final int CHECKSUM = 148;

    private final OutputStream out;

    Tar(OutputStream out) {
        this.out = out;
    }

    /** @param name ASCII, at most 100 characters */
    void file(String name, byte[] content) throws IOException {
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("a name too long for a tar");
        }
        out.write(header(name, content.length));
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, octal(size, 11) + "\0");
        put(header, 136, octal(0, 11) + "\0");
        put(header, CHECKSUM, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, CHECKSUM, octal(sum, 6) + "\0 ");
        return header;
    }

    private static String octal(int number, int digits) {
        String written = Integer.toOctalString(number);
        return "0".repeat(digits - written.length()) + written;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
