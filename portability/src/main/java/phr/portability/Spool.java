package phr.portability;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import phr.fhir.Sha256;

/** A private directory in which a package grows file by file; deleted when closed. */
final class Spool implements Closeable {

    private final Path root;
    private final SortedMap<String, Facts> files = new TreeMap<>();

    Spool(Path parent) throws IOException {
        Files.createDirectories(parent);
        root = Files.createTempDirectory(parent, "package-");
    }

    /** A new file; its size and digest are known once the stream is closed. */
    OutputStream create(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        MessageDigest digester = Sha256.digester();
        OutputStream disk = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 64 * 1024);
        return new FilterOutputStream(new DigestOutputStream(disk, digester)) {
            private long size;
            private boolean open = true;

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                size++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                size += length;
            }

            @Override
            public void close() throws IOException {
                if (open) {
                    open = false;
                    super.close();
                    files.put(path, new Facts(size, Sha256.from(digester.digest())));
                }
            }
        };
    }

    void write(String path, byte[] content) throws IOException {
        try (OutputStream out = create(path)) {
            out.write(content);
        }
    }

    InputStream open(String path) throws IOException {
        return Files.newInputStream(root.resolve(path));
    }

    byte[] read(String path) throws IOException {
        return Files.readAllBytes(root.resolve(path));
    }

    /** Gives a file its final name. */
    void rename(String from, String to) throws IOException {
        Files.move(root.resolve(from), root.resolve(to));
        files.put(to, facts(from));
        files.remove(from);
    }

    void remove(String path) throws IOException {
        Files.delete(root.resolve(path));
        files.remove(path);
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    Facts facts(String path) {
        Facts facts = files.get(path);
        if (facts == null) {
            throw new IllegalStateException("the package has no such file");
        }
        return facts;
    }

    /** Paths in order. */
    List<String> paths() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder()).forEach(Spool::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Size in bytes and digest. */
    record Facts(long size, Sha256 sha256) {}
}
