package phr.deploy.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server says about itself in {@code postmaster.pid} (PostgreSQL, pidfile.h).
 *
 * @param pid process id, line 1
 * @param directory data directory, line 2
 * @param ready whether it accepts connections, line 8
 */
record Postmaster(long pid, Path directory, boolean ready) {

    /** Empty when there is no such file or the server has only begun to write it. */
    static Optional<Postmaster> of(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.size() < 2) {
                return Optional.empty();
            }
            boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.get(0).strip()), Path.of(lines.get(1).strip()), ready));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the process of that id lives and is a server on this very directory, not a stranger with a reused id. */
    boolean runsOn(Path data) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty() || !same(directory, data)) {
            return false;
        }
        Path working = Path.of("/proc", Long.toString(pid), "cwd");
        if (Files.isSymbolicLink(working)) {
            return same(working, data);
        }
        return process.get().info().commandLine().orElse("").contains(data.toString());
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
