package phr.deploy.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server program that runs until it is closed, with everything it started.
 *
 * <p>Files in its directory: {@code <name>.log} of the last start and {@code <name>.pid}, by which the next start finds
 * and ends what a killed owner left running.
 */
public final class Daemon implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;
    private final PidFile pidFile;
    private final Thread hook;

    private Daemon(String name, Process process, Path log, PidFile pidFile) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.pidFile = pidFile;
        this.hook = new Thread(this::stop, "stop-" + name);
    }

    /**
     * Starts the program; it may not be ready yet.
     *
     * @param name what it is called in file names and messages
     * @param environment additions to the environment of this process
     */
    public static Daemon start(String name, List<String> command, Path directory, Map<String, String> environment) {
        try {
            Files.createDirectories(directory);
            PidFile pidFile = new PidFile(directory.resolve(name + ".pid"));
            pidFile.endOrphan(name);
            Path log = directory.resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            builder.redirectInput(Path.of("/dev/null").toFile());
            Process process = builder.start();
            pidFile.write(process.toHandle());
            Daemon daemon = new Daemon(name, process, log, pidFile);
            return daemon.endingWithThisProcess();
        } catch (IOException e) {
            throw new StartupException(
                    name + " cannot be started: " + e.getMessage(),
                    "Check that " + directory + " may be written and that " + command.get(0) + " exists.",
                    e);
        }
    }

    /**
     * Ends the daemon of that name which a killed owner left running in the directory; does nothing when there is none.
     *
     * @throws StartupException when its owner lives
     */
    public static void endOrphan(String name, Path directory) {
        new PidFile(directory.resolve(name + ".pid")).endOrphan(name);
    }

    private Daemon endingWithThisProcess() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return this;
        } catch (IllegalStateException e) {
            // Interrupted while starting: nothing may stay behind.
            stop();
            throw new StartupException(name + " is not started: this program is ending.", "Start it again.", e);
        }
    }

    /** Waits until the address answers 200. */
    public void awaitReady(URI address, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Probe.answers(address)) {
            if (ended(Duration.ofMillis(100))) {
                throw new StartupException(
                        name + " ended while starting: " + lastWords(), "Read the whole log in " + log + ".");
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new StartupException(
                        name + " is not ready after " + patience.toSeconds() + " s.",
                        "Read " + log + "; on a slow computer try again, the second start is faster.");
            }
        }
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the program and everything it started. May be called twice. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is going down already; stop() is done.
            return;
        }
    }

    private synchronized void stop() {
        end(process.toHandle());
        pidFile.delete();
    }

    /** Asks the whole tree to end, waits, then insists. */
    static void end(ProcessHandle root) {
        List<ProcessHandle> tree =
                Stream.concat(root.descendants(), Stream.of(root)).toList();
        tree.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (ProcessHandle one : tree) {
            if (!endedBefore(one, deadline)) {
                one.destroyForcibly();
            }
        }
    }

    private static boolean endedBefore(ProcessHandle process, long deadline) {
        try {
            process.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private boolean ended(Duration wait) {
        try {
            return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String lastWords() {
        try {
            String[] lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .strip()
                    .split("\n");
            return lines[lines.length - 1].strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
