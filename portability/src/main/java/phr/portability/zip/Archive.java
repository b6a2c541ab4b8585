package phr.portability.zip;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import phr.fhir.Sha256;
import phr.fhir.normalise.Content;

/** An inspected ZIP file: every entry was read once, its name, size and checksum are as declared. */
public final class Archive implements Closeable {

    private final ZipFile zip;
    private final Map<String, Facts> files;
    private final int litter;

    Archive(ZipFile zip, Map<String, Facts> files, int litter) {
        this.zip = zip;
        this.files = files;
        this.litter = litter;
    }

    /**
     * Opens and inspects without extracting.
     *
     * @param maxEntries files and directories at most
     * @param maxBytes of all files unpacked
     * @throws phr.fhir.failure.FailureException for every row of phr-package.md §7.3 about ZIP files
     */
    public static Archive open(Path file, int maxEntries, long maxBytes) throws IOException {
        return new Inspection(file, maxEntries, maxBytes).open();
    }

    /** Names of the files, in the order of the container; directories and litter are left out. */
    public Set<String> names() {
        return files.keySet();
    }

    /** Number of files that operating systems left behind; they are ignored. */
    public int litter() {
        return litter;
    }

    /** A file that stays readable until the archive is closed. @throws java.util.NoSuchElementException when there is none */
    public Content content(String name) {
        return new Entry(this, facts(name));
    }

    /** The whole of a small file. @throws phr.fhir.failure.FailureException when it is larger than {@code max} */
    public byte[] read(String name, int max) throws IOException {
        Facts facts = facts(name);
        if (facts.size() > max) {
            throw Refusal.malformed("PKG-SIZE", "a file of the package's frame is too large", name);
        }
        try (InputStream in = open(facts)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private Facts facts(String name) {
        Facts facts = files.get(name);
        if (facts == null) {
            throw new java.util.NoSuchElementException("no such file in the container");
        }
        return facts;
    }

    private InputStream open(Facts facts) throws IOException {
        return new FilterInputStream(zip.getInputStream(facts.entry())) {};
    }

    /** What inspection found out about a file. */
    record Facts(ZipArchiveEntry entry, long size, Sha256 sha256) {}

    /** A file of the archive as content. */
    private record Entry(Archive archive, Facts facts) implements Content {

        @Override
        public long size() {
            return facts.size();
        }

        @Override
        public Sha256 sha256() {
            return facts.sha256();
        }

        @Override
        public InputStream open() throws IOException {
            return archive.open(facts);
        }
    }
}
