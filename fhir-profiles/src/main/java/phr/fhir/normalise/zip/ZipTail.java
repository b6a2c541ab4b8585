package phr.fhir.normalise.zip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import phr.fhir.normalise.Content;

/**
 * The end of an archive: where its directory is.
 *
 * @param at first byte of the directory
 * @param length bytes of the directory
 * @param entries how many it announces
 */
record ZipTail(long at, long length, long entries) {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_LENGTH = 56;

    static ZipTail of(Content content) throws IOException {
        long begin = Math.max(0, content.size() - END_LENGTH - LOCATOR_LENGTH - LONGEST_COMMENT);
        ByteBuffer tail = read(content, begin, (int) (content.size() - begin));
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            boolean end =
                    tail.getInt(at) == END && at + END_LENGTH + ZipDirectory.unsigned(tail, at + 20) == tail.limit();
            if (end) {
                boolean wide = at >= LOCATOR_LENGTH && tail.getInt(at - LOCATOR_LENGTH) == LOCATOR;
                return checked(wide ? wide(content, tail.getLong(at - LOCATOR_LENGTH + 8)) : narrow(tail, at), content);
            }
        }
        throw ZipDirectory.malformed();
    }

    private static ZipTail narrow(ByteBuffer tail, int at) {
        return new ZipTail(
                Integer.toUnsignedLong(tail.getInt(at + 16)),
                Integer.toUnsignedLong(tail.getInt(at + 12)),
                ZipDirectory.unsigned(tail, at + 10));
    }

    private static ZipTail wide(Content content, long at) throws IOException {
        if (at < 0 || at > content.size() - END64_LENGTH) {
            throw ZipDirectory.malformed();
        }
        ByteBuffer end = read(content, at, END64_LENGTH);
        if (end.getInt(0) != END64) {
            throw ZipDirectory.malformed();
        }
        return new ZipTail(end.getLong(48), end.getLong(40), end.getLong(32));
    }

    private static ZipTail checked(ZipTail tail, Content content) {
        boolean inside = tail.at >= 0 && tail.length >= 0 && tail.at <= content.size() - tail.length;
        if (!inside || tail.entries < 0) {
            throw ZipDirectory.malformed();
        }
        return tail;
    }

    private static ByteBuffer read(Content content, long from, int length) throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(from);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw ZipDirectory.malformed();
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (EOFException e) {
            throw ZipDirectory.malformed();
        }
    }
}
