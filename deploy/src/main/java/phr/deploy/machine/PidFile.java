package phr.deploy.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a started program and who started it, each as process id and start time: ids are used again by strangers,
 * the pair is not.
 */
record PidFile(Path path) {

    void write(ProcessHandle program) throws IOException {
        Files.write(path, List.of(line(program), line(ProcessHandle.current())));
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the remembered program when its owner is gone; refuses when the owner still lives. */
    void endOrphan(String name) {
        List<String> lines = lines();
        Optional<ProcessHandle> program = lines.isEmpty() ? Optional.empty() : living(lines.get(0));
        if (program.isEmpty()) {
            return;
        }
        if (lines.size() > 1 && living(lines.get(1)).isPresent()) {
            throw new StartupException(
                    name + " is running already, started by process "
                            + lines.get(1).split(" ", 2)[0] + ".",
                    "Stop that program (perhaps another demo), or choose another directory.");
        }
        Daemon.end(program.get());
    }

    private List<String> lines() {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + start(process);
    }

    private static Optional<ProcessHandle> living(String line) {
        String[] parts = line.split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> start(process).equals(parts[1]));
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
