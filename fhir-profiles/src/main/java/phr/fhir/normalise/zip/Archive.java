package phr.fhir.normalise.zip;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;

/**
 * Reads a ZIP as a stream with limits, into memory one file at a time; nothing is ever unpacked to disk (checkup-cda.md §2.4).
 * A damaged archive, or one that leads outside of itself, is {@code MALFORMED}; one beyond the limits {@code TOO_LARGE}.
 */
public final class Archive {

    /** Takes the files that are not noise. */
    @FunctionalInterface
    public interface Files {

        void file(String name, byte[] content) throws IOException;
    }

    private static final int MEBIBYTE = 1024 * 1024;

    private final Content content;
    private final ArchiveLimits limits;
    private long total;

    public Archive(Content content, ArchiveLimits limits) {
        this.content = content;
        this.limits = limits;
    }

    /** Each file in the order of the archive; the same again when asked again. */
    public void read(Files files) throws IOException {
        total = 0;
        if (content.size() > limits.totalBytes()) {
            throw tooLarge("the archive is too large");
        }
        int entries = 0;
        try (InputStream raw = content.open();
                Counted packed = new Counted(raw)) {
            Set<String> names = new HashSet<>();
            // Names without the UTF-8 flag come as bytes here and are decoded by EntryName.
            ZipInputStream zip = new ZipInputStream(packed, StandardCharsets.ISO_8859_1);
            for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
                if (++entries > limits.entries()) {
                    throw tooLarge("too many entries in the archive");
                }
                String name = EntryName.decode(entry.getName());
                check(name, names);
                byte[] bytes = unpack(zip, packed);
                if (!entry.isDirectory() && !isNoise(name)) {
                    files.file(name, bytes);
                }
            }
        }
        if (!announces(entries)) {
            throw malformed("the archive is truncated or its directory contradicts its content");
        }
    }

    /** A stream reader never sees the directory at the end, so it would not notice that it is missing. */
    private boolean announces(int entries) throws IOException {
        try {
            return ZipTail.of(content).entries() == entries;
        } catch (FailureException e) {
            return false;
        }
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw malformed("the archive is damaged or encrypted");
        }
    }

    private byte[] unpack(ZipInputStream zip, Counted packed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        long start = packed.count;
        try {
            for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
                bytes.write(buffer, 0, n);
                total += n;
                checkSize(bytes.size(), packed.count - start);
            }
        } catch (ZipException | EOFException e) {
            throw malformed("the archive is damaged or truncated");
        }
        return bytes.toByteArray();
    }

    private void checkSize(long unpacked, long consumed) {
        if (unpacked > limits.entryBytes() || total > limits.totalBytes()) {
            throw tooLarge("the archive unpacks to more than is allowed");
        }
        if (unpacked > MEBIBYTE && unpacked / Math.max(1, consumed) > limits.ratio()) {
            throw tooLarge("the archive is compressed beyond what documents allow");
        }
    }

    private static void check(String name, Set<String> names) {
        String path = name.replace('\\', '/');
        boolean leaves = path.startsWith("/")
                || path.matches("(?s)[A-Za-z]:.*")
                || List.of(path.split("/")).contains("..")
                || path.indexOf('\0') >= 0;
        if (leaves) {
            throw malformed("an entry name leaves the archive");
        }
        if (!names.add(path.toLowerCase(Locale.ROOT))) {
            throw malformed("two entries have the same name");
        }
    }

    /** Files that operating systems add, and the schemas, which are never loaded from an archive. */
    private static boolean isNoise(String name) {
        String path = "/" + name.replace('\\', '/');
        return path.contains("/__MACOSX/")
                || path.endsWith("/.DS_Store")
                || path.toUpperCase(Locale.ROOT).contains("/XSD/");
    }

    private static FailureException malformed(String text) {
        return Failure.of(Category.MALFORMED, "N-10", text).exception();
    }

    private static FailureException tooLarge(String text) {
        return Failure.of(Category.TOO_LARGE, "N-10", text).exception();
    }

    /** Counts packed bytes. */
    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
