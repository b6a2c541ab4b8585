package phr.gateway.ingest;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Consumer;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Normalisation;

/** Private temporary files, readable by this process's user only. A request body goes through here, never through memory. */
@Singleton
public final class Spool {

    private static final int BUFFER = 64 * 1024;

    private final SpoolDirectory directory;

    @Inject
    public Spool(IngestConfig config) throws IOException {
        Path parent = config.spool().orElse(Path.of(System.getProperty("java.io.tmpdir")));
        directory = new SpoolDirectory(parent);
    }

    /** For those who build files of their own. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Receives a body. When the look at its head refuses it, the rest is read and dropped, so that the sender hears the answer
     * instead of a broken connection.
     *
     * @param largest bytes
     * @param look sees the first bytes and may throw
     * @throws phr.fhir.failure.FailureException MALFORMED when empty, TOO_LARGE, or what the look throws
     */
    public Spooled receive(InputStream body, long largest, Consumer<byte[]> look) throws IOException {
        byte[] head = body.readNBytes(Normalisation.HEAD);
        if (head.length == 0) {
            throw Failure.of(Category.MALFORMED, "ING-2", "the body is empty").exception();
        }
        try {
            look.accept(head);
        } catch (RuntimeException refused) {
            drop(body, largest);
            throw refused;
        }
        Spooled file = create();
        try {
            return fill(file, head, body, largest);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** An empty file. */
    Spooled create() throws IOException {
        Path path = directory.path();
        return new Spooled(
                Files.createTempFile(path, "in", ".spool", SpoolDirectory.only(path, "rw-------")), 0, NOTHING);
    }

    private static final Sha256 NOTHING = Sha256.of(new byte[0]);

    /** @throws phr.fhir.failure.FailureException also UNAVAILABLE when the disk does not take it */
    static Spooled fill(Spooled file, byte[] head, InputStream body, long largest) throws IOException {
        MessageDigest digest = Sha256.digester();
        long size = head.length;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file.file())) {
            digest.update(head);
            write(out, head, head.length);
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > largest) {
                    throw Failure.of(Category.TOO_LARGE, "ING-3", "the file is larger than this gateway takes")
                            .exception();
                }
                digest.update(buffer, 0, read);
                write(out, buffer, read);
            }
        }
        return new Spooled(file.file(), size, Sha256.from(digest.digest()));
    }

    private static void write(OutputStream out, byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw Failure.of(Category.UNAVAILABLE, "ING-6", "there is no room for the file now")
                    .exception();
        }
    }

    private static void drop(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long dropped = 0;
        for (int read = body.read(buffer); read >= 0 && dropped < most; read = body.read(buffer)) {
            dropped += read;
        }
    }

    @PreDestroy
    void remove() throws IOException {
        directory.remove();
    }
}
