package phr.deploy.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Command;
import phr.deploy.machine.StartupException;
import phr.fhir.Sha256;

/**
 * The programs of PostgreSQL, unpacked once from the archive on the class path.
 *
 * @param home directory with {@code bin}, {@code lib}, {@code share}
 */
record Binaries(Path home) {

    static Binaries unpacked(CacheDirectory cache) {
        String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream content = open(archive)) {
            String key = digest(content).hex().substring(0, 16);
            Path home = cache.entry("postgres-" + key, directory -> unpack(archive, directory));
            return new Binaries(home).runnable();
        } catch (IOException e) {
            throw new StartupException("Cannot read " + archive + " from the class path.", "Build again.", e);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Fails with advice when the computer cannot execute these programs (musl, noexec mount, other processor). */
    Binaries runnable() {
        Command version = Command.run(List.of(program("postgres"), "--version"));
        if (!version.succeeded()) {
            throw new StartupException(
                    "The PostgreSQL programs in " + home + " cannot run on this computer: "
                            + version.output().strip(),
                    "They need a glibc Linux or macOS and a cache directory without the mount option noexec"
                            + " (choose it with PHR_CACHE=…); otherwise point the gateway at your own PostgreSQL server.");
        }
        return this;
    }

    /** Name of the archive for an operating system and processor as Java names them. */
    static String archive(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        String family = os.startsWith("mac") ? "darwin" : os.startsWith("linux") ? "linux" : os;
        String arch = List.of("aarch64", "arm64").contains(processor) ? "arm_64" : "x86_64";
        return "postgres-" + family.replace(' ', '-') + "-" + arch + ".txz";
    }

    private static Sha256 digest(InputStream content) throws IOException {
        MessageDigest digester = Sha256.digester();
        new DigestInputStream(content, digester).transferTo(OutputStream.nullOutputStream());
        return Sha256.from(digester.digest());
    }

    private static InputStream open(String archive) {
        InputStream content = Binaries.class.getResourceAsStream("/" + archive);
        if (content == null) {
            throw new StartupException(
                    "No PostgreSQL programs for this computer: " + archive + " is not on the class path.",
                    "Linux and macOS on x86-64 and ARM64 are supported; elsewhere run the demo in WSL or a Linux"
                            + " virtual machine, or point the gateway at your own PostgreSQL server.");
        }
        return content;
    }

    private static void unpack(String archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(open(archive), 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, directory);
            }
        }
        // Readable for the unprivileged user that root has to start it as.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory) throws IOException {
        Path target = entry.resolveIn(directory);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
