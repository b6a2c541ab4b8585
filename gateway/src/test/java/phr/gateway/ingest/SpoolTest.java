package phr.gateway.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

class SpoolTest {

    @TempDir
    Path directory;

    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(new Config(directory));
    }

    @Test
    void a_body_is_the_same_on_disk_and_gone_when_closed() throws IOException {
        byte[] body = noise(300_000);
        Spooled file =
                spool.receive(new ByteArrayInputStream(body), 1 << 20, head -> assertEquals(65_536, head.length));
        assertArrayEquals(body, Files.readAllBytes(file.file()));
        assertEquals(body.length, file.size());
        assertEquals(Sha256.of(body), file.sha256());
        file.close();
        assertFalse(Files.exists(file.file()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_a_reason_to_come_again() {
        Spooled full = new Spooled(Path.of("/dev/full"), 0, Sha256.of(new byte[0]));
        FailureException refused = assertThrows(
                FailureException.class,
                () -> Spool.fill(full, noise(1000), new ByteArrayInputStream(noise(100_000)), 1 << 20));
        assertEquals(Category.UNAVAILABLE, refused.failure().category());
    }

    @Test
    void what_a_killed_process_has_left_is_gone_and_the_files_of_the_living_stay() throws IOException {
        Path left = Files.createDirectories(directory.resolve("phr-spool1/package-1/data"));
        Files.write(left.resolve("record.ndjson"), noise(10));
        Files.createFile(directory.resolve("phr-spool1.lock"));
        try (Spooled file = spool.receive(new ByteArrayInputStream(noise(10)), 100, head -> {})) {
            Spool other = new Spool(new Config(directory));
            assertFalse(Files.exists(directory.resolve("phr-spool1")));
            assertFalse(Files.exists(directory.resolve("phr-spool1.lock")));
            assertTrue(Files.exists(file.file()));
            other.remove();
        }
        spool.remove();
        try (var remains = Files.list(directory)) {
            assertEquals(0, remains.count());
        }
    }

    @Test
    void only_this_user_reads_it() throws IOException {
        try (Spooled file = spool.receive(new ByteArrayInputStream(noise(10)), 100, head -> {})) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file())));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.directory())));
        }
    }

    @Test
    void a_body_over_the_limit_is_refused_and_leaves_no_file() throws IOException {
        FailureException refused = assertThrows(
                FailureException.class,
                () -> spool.receive(new ByteArrayInputStream(noise(200_000)), 199_999, head -> {}));
        assertEquals(Category.TOO_LARGE, refused.failure().category());
        assertEmpty();
    }

    @Test
    void what_the_head_refuses_is_heard_out_but_never_kept() throws IOException {
        InputStream body = new ByteArrayInputStream(noise(500_000));
        assertThrows(
                FailureException.class,
                () -> spool.receive(body, 1 << 20, head -> {
                    throw Failure.of(Category.MALFORMED, "X", "junk").exception();
                }));
        assertEquals(-1, body.read(), "the rest was read and dropped");
        assertEmpty();
    }

    @Test
    void nothing_is_not_a_file() {
        assertThrows(FailureException.class, () -> spool.receive(InputStream.nullInputStream(), 10, head -> {}));
    }

    @Test
    void the_directory_goes_with_the_process() throws IOException {
        spool.receive(new ByteArrayInputStream(noise(10)), 100, head -> {});
        assertTrue(Files.exists(spool.directory()));
        spool.remove();
        assertFalse(Files.exists(spool.directory()));
    }

    private void assertEmpty() throws IOException {
        try (var files = Files.list(spool.directory())) {
            assertEquals(0, files.count());
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private record Config(Path directory) implements IngestConfig {

        @Override
        public MemorySize largest() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public MemorySize atOnce() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public MemorySize largestUpload() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public Duration patience() {
            return Duration.ofDays(30);
        }

        @Override
        public Optional<Path> spool() {
            return Optional.of(directory);
        }
    }
}
