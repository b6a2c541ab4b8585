package phr.fhir.normalise.zip;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The bytes of an entry, held against what the directory says of them, and against bombs. */
final class Unpacked extends FilterInputStream {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int HIGHEST_RATIO = 500;

    private final ZipDirectory.Entry entry;
    private final CRC32 crc = new CRC32();
    private long count;

    Unpacked(InputStream in, ZipDirectory.Entry entry) {
        super(in);
        this.entry = entry;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(bytes, offset, length);
        } catch (ZipException | EOFException e) {
            throw ZipDirectory.malformed();
        }
        if (read > 0) {
            crc.update(bytes, offset, read);
            count += read;
            check();
        } else if (read < 0 && (count != entry.size() || crc.getValue() != entry.crc())) {
            throw ZipDirectory.malformed();
        }
        return read;
    }

    private void check() {
        if (count > entry.size()) {
            throw ZipDirectory.malformed();
        }
        if (count > MEBIBYTE && count / Math.max(1, entry.packed()) > HIGHEST_RATIO) {
            throw Failure.of(Category.TOO_LARGE, "ZIP-4", "the archive is compressed beyond what documents allow")
                    .exception();
        }
    }

    @Override
    public long skip(long n) throws IOException {
        return n <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(n, 1 << 13)]));
    }
}
