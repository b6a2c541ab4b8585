package phr.portability.zip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;

/** Looks at a ZIP file before anything believes it: structure first, then each entry's bytes against what was declared. */
final class Inspection {

    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int KIND = 0170000;
    private static final long RATIO_FROM = 10L << 20;
    private static final int RATIO = 100;

    private final Path file;
    private final int maxEntries;
    private final long maxBytes;
    private final Set<String> keys = new HashSet<>();
    private int litter;

    Inspection(Path file, int maxEntries, long maxBytes) {
        this.file = file;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    Archive open() throws IOException {
        EndRecord.check(file);
        ZipFile zip = zip();
        try {
            List<ZipArchiveEntry> entries = entries(zip);
            headers(entries);
            return new Archive(zip, contents(zip, entries), litter);
        } catch (ZipException | java.io.EOFException e) {
            zip.close();
            throw Refusal.malformed("PKG-ZIP", "the zip file is damaged", null);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private ZipFile zip() throws IOException {
        try {
            return ZipFile.builder().setPath(file).get();
        } catch (IOException | IllegalArgumentException e) {
            if (!Files.isReadable(file)) {
                throw e;
            }
            throw Refusal.malformed("PKG-ZIP", "not a zip file, or truncated", null);
        }
    }

    private List<ZipArchiveEntry> entries(ZipFile zip) {
        List<ZipArchiveEntry> entries = new ArrayList<>();
        zip.getEntries().asIterator().forEachRemaining(entries::add);
        if (entries.size() > maxEntries) {
            throw Refusal.of(Category.TOO_LARGE, "PKG-ENTRIES", "the container has too many entries", null);
        }
        long total = 0;
        long packed = 0;
        for (ZipArchiveEntry entry : entries) {
            check(entry);
            total += entry.getSize();
            packed += entry.getCompressedSize();
            if (total > maxBytes || total < 0) {
                throw Refusal.of(Category.TOO_LARGE, "PKG-QUOTA", "the container is too large when unpacked", null);
            }
        }
        ratio(total, packed, null);
        parents(entries);
        return entries;
    }

    private void check(ZipArchiveEntry entry) {
        String name = EntryName.safe(entry.getName());
        if (!keys.add(EntryName.key(name))) {
            throw Refusal.malformed("PKG-DUPLICATE", "two entries have the same name", name);
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refusal.malformed("PKG-ENCRYPTED", "an entry is encrypted", name);
        }
        int kind = entry.getUnixMode() & KIND;
        if (entry.isUnixSymlink() || (kind != 0 && kind != REGULAR && kind != DIRECTORY)) {
            throw Refusal.malformed("PKG-LINK", "an entry is a link or a device", name);
        }
        if (entry.getDiskNumberStart() != 0) {
            throw Refusal.malformed("PKG-DISKS", "the zip file is split over several disks", name);
        }
        if (entry.getMethod() != ZipArchiveEntry.STORED && entry.getMethod() != ZipArchiveEntry.DEFLATED) {
            throw Refusal.malformed("PKG-METHOD", "an entry is neither stored nor deflated", name);
        }
        ratio(entry.getSize(), entry.getCompressedSize(), name);
    }

    private static void ratio(long size, long packed, @org.jspecify.annotations.Nullable String name) {
        if (size > RATIO_FROM && size / RATIO > packed) {
            throw Refusal.of(Category.TOO_LARGE, "PKG-RATIO", "the container unpacks to implausibly much", name);
        }
    }

    private void parents(List<ZipArchiveEntry> entries) {
        Set<String> fileKeys = new HashSet<>();
        entries.stream()
                .filter(entry -> !entry.isDirectory())
                .forEach(entry -> fileKeys.add(EntryName.key(EntryName.safe(entry.getName()))));
        for (String key : keys) {
            for (int slash = key.indexOf('/'); slash > 0; slash = key.indexOf('/', slash + 1)) {
                if (fileKeys.contains(key.substring(0, slash))) {
                    throw Refusal.malformed("PKG-DUPLICATE", "a file has the name of a folder", null);
                }
            }
        }
    }

    private void headers(List<ZipArchiveEntry> entries) throws IOException {
        List<ZipArchiveEntry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset));
        long free = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (ZipArchiveEntry entry : ordered) {
                String name = EntryName.safe(entry.getName());
                LocalHeader header = LocalHeader.read(channel, entry.getLocalHeaderOffset());
                if (header.encrypted()) {
                    throw Refusal.malformed("PKG-ENCRYPTED", "an entry is encrypted", name);
                }
                if (!header.agreesWith(entry)) {
                    throw Refusal.malformed("PKG-HEADERS", "local and central header of an entry differ", name);
                }
                if (entry.getLocalHeaderOffset() < free) {
                    throw Refusal.malformed("PKG-OVERLAP", "entries overlap", name);
                }
                free = header.end(entry.getLocalHeaderOffset(), entry.getCompressedSize());
            }
        }
    }

    private Map<String, Archive.Facts> contents(ZipFile zip, List<ZipArchiveEntry> entries) throws IOException {
        Map<String, Archive.Facts> files = new LinkedHashMap<>();
        for (ZipArchiveEntry entry : entries) {
            String name = EntryName.safe(entry.getName());
            if (EntryName.litter(name)) {
                litter += entry.isDirectory() ? 0 : 1;
            } else if (!entry.isDirectory()) {
                files.put(name, new Archive.Facts(entry, entry.getSize(), digest(zip, entry, name)));
            }
        }
        return files;
    }

    private static Sha256 digest(ZipFile zip, ZipArchiveEntry entry, String name) throws IOException {
        MessageDigest digester = Sha256.digester();
        CRC32 crc = new CRC32();
        long size = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0 && size <= entry.getSize(); n = in.read(buffer)) {
                digester.update(buffer, 0, n);
                crc.update(buffer, 0, n);
                size += n;
            }
        }
        if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw Refusal.malformed("PKG-DAMAGED", "an entry is not what its header declares", name);
        }
        return Sha256.from(digester.digest());
    }
}
