package phr.portability.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The record at the end of a ZIP file (APPNOTE.TXT §4.3.16): there, complete, and of a single disk. */
final class EndRecord {

    private static final int SIGNATURE = 0x06054b50;
    private static final int FIXED = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int IN_ZIP64 = 0xffff;

    private EndRecord() {}

    static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = (int) Math.min(channel.size(), FIXED + LONGEST_COMMENT);
            ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            while (tail.hasRemaining() && channel.read(tail, channel.size() - length + tail.position()) >= 0) {
                // reads until the tail is full
            }
            for (int at = length - FIXED; at >= 0; at--) {
                if (tail.getInt(at) == SIGNATURE && at + FIXED + unsigned(tail, at + 20) == length) {
                    singleDisk(unsigned(tail, at + 4), unsigned(tail, at + 6));
                    return;
                }
            }
        }
        throw Refusal.malformed("PKG-ZIP", "not a zip file, or truncated", null);
    }

    private static void singleDisk(int thisDisk, int directoryDisk) {
        if ((thisDisk != 0 && thisDisk != IN_ZIP64) || (directoryDisk != 0 && directoryDisk != IN_ZIP64)) {
            throw Refusal.malformed("PKG-DISKS", "the zip file is split over several disks", null);
        }
    }

    private static int unsigned(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xffff;
    }
}
