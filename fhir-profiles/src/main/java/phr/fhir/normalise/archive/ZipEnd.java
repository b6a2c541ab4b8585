package phr.fhir.normalise.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import phr.fhir.normalise.Content;

/** The last record of a ZIP: a stream reader never sees it, so it would not notice a missing end. */
final class ZipEnd {

    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    /** The count of an archive that uses the 64-bit records. */
    private static final int SEE_ZIP64 = 0xFFFF;

    private ZipEnd() {}

    /** Whether the file ends with a directory that lists this many entries. */
    static boolean announces(Content content, int entries) throws IOException {
        byte[] tail;
        try (InputStream in = content.open()) {
            in.skipNBytes(Math.max(0, content.size() - LENGTH - LONGEST_COMMENT));
            tail = in.readAllBytes();
        }
        ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail.length - LENGTH; at >= 0; at--) {
            if (end.getInt(at) == SIGNATURE && at + LENGTH + unsigned(end, at + 20) == tail.length) {
                int listed = unsigned(end, at + 10);
                return listed == entries || listed == SEE_ZIP64;
            }
        }
        return false;
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }
}
