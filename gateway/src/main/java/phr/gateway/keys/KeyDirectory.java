package phr.gateway.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The operator's directory of key files. New files are readable by their owner only, complete, and on disk before use. */
public final class KeyDirectory {

    private static final FileAttribute<?>[] NONE = {};

    private final Path directory;
    private final boolean generate;

    public KeyDirectory(Path directory, boolean generate) {
        this.directory = directory;
        this.generate = generate;
    }

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /**
     * Content of a key file, made first when it is missing and making is allowed.
     *
     * @param name e.g. {@code signing.jwk}
     * @param fresh a new key in the file's format
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when it is missing and must not be made
     */
    public byte[] read(String name, Supplier<byte[]> fresh) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                if (!generate) {
                    throw Failure.of(
                                    Category.UNAVAILABLE,
                                    "KEY-3",
                                    name + " is missing in phr.keys.directory and phr.keys.generate is off")
                            .exception();
                }
                write(file, fresh.get());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("key file " + name + " cannot be read or made", e);
        }
    }

    /** Two gateways may start at once on one directory: the link appears whole, and only one of them makes it. */
    private void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(directory, only("rwx------"));
        Path draft = Files.createTempFile(directory, "new", ".key", only("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // the other gateway was first; its key counts
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private FileAttribute<?>[] only(String permissions) {
        Set<String> views = directory.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }
}
