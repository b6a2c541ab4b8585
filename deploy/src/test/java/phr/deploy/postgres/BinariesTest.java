package phr.deploy.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.StartupException;

class BinariesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
        "Windows 11, amd64, postgres-windows-11-x86_64.txz"
    })
    void theArchiveIsNamedAfterTheComputer(String system, String processor, String archive) {
        assertEquals(archive, Binaries.archive(system, processor));
    }

    @Test
    void areUnpackedOnce() throws IOException {
        CacheDirectory cache = CacheDirectory.at(directory);
        Binaries first = Binaries.unpacked(cache);
        Path mark = Files.createFile(first.home().resolve("mark"));
        assertEquals(first, Binaries.unpacked(cache));
        assertTrue(Files.exists(mark));
        try (var entries = Files.list(directory)) {
            assertEquals(1, entries.count(), "nothing half-made is left");
        }
    }

    @Test
    void programsThatCannotRunAreExplained() throws IOException {
        Path program = Files.createDirectories(directory.resolve("bin")).resolve("postgres");
        Files.writeString(program, "#!/no/such/loader\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        StartupException refused = assertThrows(StartupException.class, new Binaries(directory)::runnable);
        assertTrue(refused.getMessage().contains("cannot run on this computer"));
        assertTrue(refused.getMessage().contains("PHR_CACHE"));
        assertTrue(refused.getMessage().contains("your own PostgreSQL server"));
    }
}
