package phr.deploy.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Command;
import phr.deploy.machine.StartupException;

/** One cluster on disk and the programs that make, start and stop it. */
record Server(Binaries binaries, Identity identity, Path directory) {

    /** After a crash the log of changes is replayed before the server is ready. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("max_connections", "60"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // The server's log may be shown to others: no statement, no detail that quotes a row.
            Map.entry("log_statement", "none"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"));

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("postgres.log");
    }

    boolean initialised() {
        return Files.isRegularFile(data().resolve("PG_VERSION"));
    }

    /** Makes the cluster beside its place and moves it there, so that a half-made one is never started. */
    void initialise(Path passwordFile) throws IOException {
        Path making = directory.resolve("data.new");
        CacheDirectory.delete(making);
        Files.createDirectory(making);
        identity.own(making);
        identity.own(passwordFile);
        Command initdb = Command.run(identity.command(
                binaries.program("initdb"),
                "--pgdata=" + making,
                "--username=" + LocalPostgres.USERNAME,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums"));
        if (!initdb.succeeded()) {
            throw new StartupException(
                    "A new PostgreSQL data directory cannot be made in " + directory + ": " + lastLine(initdb.output()),
                    "Check that the disk has room and that the directory may be written.");
        }
        Files.move(making, data());
    }

    Process start(int port) throws IOException {
        List<String> command = identity.command(binaries.program("postgres"), "-D", data().toString(), "-p", "" + port);
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        // Settings of a PostgreSQL client must not leak into the server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true).redirectOutput(log().toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        awaitReady(process);
        return process;
    }

    private void awaitReady(Process process) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!running().map(Postmaster::ready).orElse(false)) {
            if (ended(process) || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new StartupException(
                        "PostgreSQL on " + data() + " does not start: " + lastLine(Files.readString(log())),
                        "Read " + log() + "; when the data may go, start anew with an empty directory.");
            }
        }
    }

    /** Waits a moment; true when the process is over. */
    private static boolean ended(Process process) {
        try {
            return process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the server that runs on the data, whoever started it; clients are cut off, what is committed stays. */
    void stop() {
        if (!pgCtl("fast").succeeded() && running().isPresent()) {
            pgCtl("immediate");
        }
    }

    Optional<Postmaster> running() {
        return Postmaster.of(data()).filter(postmaster -> postmaster.runsOn(data()));
    }

    private Command pgCtl(String mode) {
        return Command.run(identity.command(
                binaries.program("pg_ctl"), "stop", "-D", data().toString(), "-m", mode, "-w", "-t", "30"));
    }

    private static String lastLine(String text) {
        String[] lines = text.strip().split("\n");
        return lines[lines.length - 1].strip();
    }
}
