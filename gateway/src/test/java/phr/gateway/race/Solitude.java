package phr.gateway.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.StartupException;
import phr.deploy.postgres.LocalPostgres;

/** A gateway on a PostgreSQL of its own, either of which may be killed. */
final class Solitude implements AutoCloseable {

    private static final int ATTEMPTS = 50;

    private final Path directory;
    private final Mortal gateway;
    private LocalPostgres postgres;

    Solitude(Path directory, LocalPostgres postgres, Node node, Function<LocalPostgres, Daemon> start) {
        this.directory = directory;
        this.postgres = postgres;
        this.gateway = new Mortal(node, () -> start.apply(postgres));
    }

    Mortal gateway() {
        return gateway;
    }

    void killGateway() {
        gateway.kill();
        gateway.comesBack();
    }

    /** SIGKILL of the postmaster; its children see that and end. It comes back at the same address. */
    void killDatabase() throws IOException, InterruptedException {
        String pid = Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                .get(0);
        ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        databaseComesBack();
    }

    /** As whoever keeps it running does when it has ended by itself. */
    void databaseComesBack() throws InterruptedException {
        int port = postgres.port();
        postgres.close();
        for (int attempt = 1; ; attempt++) {
            try {
                postgres = LocalPostgres.start(directory, port);
                return;
            } catch (StartupException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
        postgres.close();
    }
}
