package phr.deploy.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

    private static final List<String> SLEEP = List.of("sh", "-c", "sleep 300 & wait");

    @TempDir
    Path directory;

    @Test
    void closingEndsTheWholeTree() throws Exception {
        Daemon daemon = Daemon.start("sleeper", SLEEP, directory, Map.of());
        ProcessHandle shell = ProcessHandle.of(daemon.pid()).orElseThrow();
        while (shell.descendants().count() == 0) {
            assertTrue(shell.isAlive());
        }
        List<ProcessHandle> children = shell.descendants().toList();
        daemon.close();
        daemon.close();
        shell.onExit().get(30, TimeUnit.SECONDS);
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        assertFalse(Files.exists(directory.resolve("sleeper.pid")));
    }

    @Test
    void aProgramThatEndsWhileStartingIsExplainedByItsLastWords() {
        try (Daemon daemon = Daemon.start("short", List.of("sh", "-c", "echo no room; exit 3"), directory, Map.of())) {
            URI nobody = URI.create("http://127.0.0.1:" + Ports.free() + "/");
            StartupException failed =
                    assertThrows(StartupException.class, () -> daemon.awaitReady(nobody, Duration.ofSeconds(30)));
            assertTrue(failed.getMessage().contains("short ended while starting: no room"));
            assertTrue(failed.getMessage().contains("short.log"));
        }
    }

    @Test
    void aProgramThatIsNeverReadyIsStopped() throws Exception {
        Daemon daemon = Daemon.start("slow", SLEEP, directory, Map.of());
        URI nobody = URI.create("http://127.0.0.1:" + Ports.free() + "/");
        assertThrows(StartupException.class, () -> daemon.awaitReady(nobody, Duration.ofMillis(200)));
        var process = ProcessHandle.of(daemon.pid());
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aProgramWhoseOwnerLivesIsNotTakenAway() {
        try (Daemon daemon = Daemon.start("one", SLEEP, directory, Map.of())) {
            StartupException refused =
                    assertThrows(StartupException.class, () -> Daemon.start("one", SLEEP, directory, Map.of()));
            assertTrue(refused.getMessage().contains("is running already"));
            assertTrue(ProcessHandle.of(daemon.pid()).orElseThrow().isAlive());
        }
    }

    @Test
    void aProgramWhoseOwnerWasKilledIsEndedByTheNextStart() throws Exception {
        Process orphan = new ProcessBuilder(SLEEP).start();
        String start = orphan.info().startInstant().map(Object::toString).orElse("unknown");
        Files.write(directory.resolve("one.pid"), List.of(orphan.pid() + " " + start, "1 1970-01-01T00:00:00Z"));
        try (Daemon next = Daemon.start("one", SLEEP, directory, Map.of())) {
            assertTrue(orphan.waitFor(30, TimeUnit.SECONDS));
            assertTrue(next.pid() != orphan.pid());
        }
    }

    @Test
    void aStrangerWithAReusedIdIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder(SLEEP).start();
        try {
            Files.write(
                    directory.resolve("one.pid"),
                    List.of(stranger.pid() + " 1970-01-01T00:00:00Z", "1 1970-01-01T00:00:00Z"));
            Daemon.start("one", SLEEP, directory, Map.of()).close();
            assertTrue(stranger.isAlive());
        } finally {
            stranger.descendants().forEach(ProcessHandle::destroyForcibly);
            stranger.destroyForcibly();
        }
    }

    @Test
    void aBusyPortIsNamedWithTheSettingThatChangesIt() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            StartupException refused = assertThrows(
                    StartupException.class, () -> Ports.requireFree(busy.getLocalPort(), "provider A", "PHR_PORT_A"));
            assertTrue(refused.getMessage().contains("Port " + busy.getLocalPort() + " for provider A is in use"));
            assertTrue(refused.getMessage().contains("PHR_PORT_A"));
        }
    }

    @Test
    void aCacheEntryAppearsWholeOrNotAtAll() throws IOException {
        CacheDirectory cache = CacheDirectory.at(directory);
        assertThrows(
                StartupException.class,
                () -> cache.entry("x", place -> {
                    Files.writeString(place.resolve("half"), "half");
                    throw new IOException("disk full");
                }));
        assertFalse(Files.exists(directory.resolve("x")));
        Path entry = cache.entry("x", place -> Files.writeString(place.resolve("whole"), "whole"));
        assertEquals(directory.resolve("x"), entry);
        assertEquals(entry, cache.entry("x", place -> {
            throw new IOException("not filled again");
        }));
    }
}
