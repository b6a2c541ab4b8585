package phr.deploy.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Things unpacked or prepared once per user and shared by every checkout and test run.
 *
 * <p>Place: system property {@code phr.cache}, environment {@code PHR_CACHE}, {@code XDG_CACHE_HOME/phr}, else
 * {@code ~/.cache/phr}. An entry appears whole or not at all and may be deleted at any time when nothing runs.
 */
public final class CacheDirectory {

    private final Path root;

    private CacheDirectory(Path root) {
        this.root = root;
    }

    public static CacheDirectory ofUser() {
        return at(place());
    }

    public static CacheDirectory at(Path root) {
        return new CacheDirectory(root.toAbsolutePath().normalize());
    }

    /** Fills an empty directory. */
    @FunctionalInterface
    public interface Filling {
        void fill(Path directory) throws IOException;
    }

    /** The entry of this name; made first when it is not there. Several processes may ask at once: one entry wins. */
    public Path entry(String name, Filling filling) {
        Path entry = root.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Path making = root.resolve(name + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(making);
            filling.fill(making);
            return publish(making, entry);
        } catch (IOException | UncheckedIOException e) {
            throw new StartupException(
                    "Cannot write to the cache directory " + root + ": " + e.getMessage(),
                    "Make room there or name another directory with PHR_CACHE=….",
                    e);
        } finally {
            delete(making);
        }
    }

    private static Path publish(Path made, Path entry) throws IOException {
        try {
            return Files.move(made, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Somebody else was quicker; theirs is as good as ours.
            if (Files.isDirectory(entry)) {
                return entry;
            }
            throw e;
        }
    }

    /** Removes a directory with everything below; what is not there is no error. */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path place() {
        String chosen = first(System.getProperty("phr.cache"), System.getenv("PHR_CACHE"));
        if (chosen != null) {
            return Path.of(chosen);
        }
        String xdg = first(System.getenv("XDG_CACHE_HOME"), null);
        Path caches = xdg != null ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("phr");
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null && !one.isBlank() ? one : other != null && !other.isBlank() ? other : null;
    }
}
