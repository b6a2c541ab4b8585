package phr.portability.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** The header in front of an entry's data; two readers of one file must not see different things (APPNOTE.TXT §4.3.7). */
final class LocalHeader {

    private static final int SIGNATURE = 0x04034b50;
    private static final int FIXED = 30;
    private static final int SIZES_FOLLOW = 0x08;
    private static final int ENCRYPTED = 0x01;
    private static final long IN_EXTRA = 0xffff_ffffL;

    private final ByteBuffer fixed;
    private final byte[] name;
    private final ByteBuffer extra;

    private LocalHeader(ByteBuffer fixed, byte[] name, ByteBuffer extra) {
        this.fixed = fixed;
        this.name = name;
        this.extra = extra;
    }

    static LocalHeader read(FileChannel file, long offset) throws IOException {
        ByteBuffer fixed = bytes(file, offset, FIXED);
        int nameLength = fixed.getShort(26) & 0xffff;
        int extraLength = fixed.getShort(28) & 0xffff;
        byte[] name = bytes(file, offset + FIXED, nameLength).array();
        return new LocalHeader(fixed, name, bytes(file, offset + FIXED + nameLength, extraLength));
    }

    boolean agreesWith(ZipArchiveEntry central) {
        return fixed.getInt(0) == SIGNATURE
                && !encrypted()
                && (fixed.getShort(8) & 0xffff) == central.getMethod()
                && Arrays.equals(name, central.getRawName())
                && agrees(fixed.getInt(14) & 0xffff_ffffL, central.getCrc())
                && agrees(size(22, 0), central.getSize())
                && agrees(size(18, 8), central.getCompressedSize());
    }

    boolean encrypted() {
        return (fixed.getShort(6) & ENCRYPTED) != 0;
    }

    /** Where the next entry may begin. */
    long end(long offset, long compressedSize) {
        return offset + FIXED + name.length + extra.capacity() + compressedSize;
    }

    private boolean agrees(long local, long central) {
        return local == central || ((fixed.getShort(6) & SIZES_FOLLOW) != 0 && local == 0);
    }

    private long size(int at, int inZip64) {
        long value = fixed.getInt(at) & 0xffff_ffffL;
        if (value != IN_EXTRA) {
            return value;
        }
        for (int i = 0; i + 4 <= extra.capacity(); i += 4 + (extra.getShort(i + 2) & 0xffff)) {
            if (extra.getShort(i) == 1 && i + 4 + inZip64 + 8 <= extra.capacity()) {
                return extra.getLong(i + 4 + inZip64);
            }
        }
        return value;
    }

    private static ByteBuffer bytes(FileChannel file, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw Refusal.malformed("PKG-ZIP", "the zip file is truncated", null);
            }
        }
        return buffer;
    }
}
