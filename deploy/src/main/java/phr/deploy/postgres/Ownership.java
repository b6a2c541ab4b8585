package phr.deploy.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import phr.deploy.machine.StartupException;

/**
 * The right of one living process to run a server on a directory. The system takes it back when the process dies, also
 * by {@code kill -9}; a server that is still running then is an orphan.
 */
final class Ownership implements AutoCloseable {

    private final FileChannel file;

    private Ownership(FileChannel file) {
        this.file = file;
    }

    static Ownership of(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(file) == null) {
            file.close();
            throw new StartupException(
                    "The PostgreSQL data in " + directory + " is in use by another running program.",
                    "Stop that program (perhaps another demo), or choose another directory.");
        }
        return new Ownership(file);
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
