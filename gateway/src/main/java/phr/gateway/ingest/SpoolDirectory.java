package phr.gateway.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one process. The file {@code .lock} beside it is locked as long as the process lives: what one that was killed
 * has left is found by its free lock and deleted by the next that starts, for nobody else knows of it.
 */
final class SpoolDirectory {

    private static final String NAME = "phr-spool";
    private static final String LOCK = ".lock";

    private final Path path;
    private final Path lock;
    private final FileChannel held;

    SpoolDirectory(Path parent) throws IOException {
        Files.createDirectories(parent);
        deleteThoseOfTheDead(parent);
        path = Files.createTempDirectory(parent, NAME, only(parent, "rwx------"));
        lock = path.resolveSibling(path.getFileName() + LOCK);
        // Locked before it has the name by which others look for it.
        Path nameless = Files.createTempFile(parent, "new", ".spool", only(parent, "rw-------"));
        held = FileChannel.open(nameless, StandardOpenOption.WRITE);
        held.lock();
        Files.move(nameless, lock);
    }

    Path path() {
        return path;
    }

    void remove() throws IOException {
        delete(path);
        Files.deleteIfExists(lock);
        held.close();
    }

    private static void deleteThoseOfTheDead(Path parent) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, NAME + "*" + LOCK)) {
            for (Path lock : locks) {
                deleteIfDead(lock);
            }
        }
    }

    /** What belongs to another user of the machine stays. */
    private static void deleteIfDead(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                String name = lock.getFileName().toString();
                delete(lock.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lock);
            }
        } catch (IOException | OverlappingFileLockException e) {
            return;
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static FileAttribute<?>[] only(Path where, String permissions) {
        boolean posix = where.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
