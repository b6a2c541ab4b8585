package phr.deploy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import phr.deploy.keycloak.LocalKeycloak;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.Ports;
import phr.deploy.postgres.LocalPostgres;

/** Everything that runs for the demo. Closing stops it in reverse order. */
final class Installation implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Narrator narrator;
    private final Path directory;
    private final Provider a;
    private final Provider b;

    Installation(Options options, Path directory, Narrator narrator) {
        this.narrator = narrator;
        this.directory = directory;
        this.a = new Provider("a", "jp.example.phr-a", "PHR サービス A", options.portA());
        this.b = new Provider("b", "jp.example.phr-b", "PHR サービス B", options.portB());
    }

    /** Starts all parts; what is started already is stopped by {@link #close()} also when a later part fails. */
    LocalKeycloak start(int keycloakPort) {
        endOrphans();
        Ports.requireFree(keycloakPort, "Keycloak", "PHR_PORT_KEYCLOAK");
        Ports.requireFree(a.port(), "provider A", "PHR_PORT_A");
        Ports.requireFree(b.port(), "provider B", "PHR_PORT_B");
        Checkout checkout = Checkout.find();
        Path jar = checkout.gateway();
        LocalPostgres postgres = begin("PostgreSQL", () -> LocalPostgres.start(place("postgres")));
        LocalKeycloak keycloak = begin(
                "Keycloak (its very first start takes a minute)",
                () -> LocalKeycloak.start(checkout.keycloak(), checkout.realm(), place("keycloak"), keycloakPort));
        begin(
                "provider A on " + a.origin(),
                () -> Gateway.start(jar, a, postgres, keycloak.issuer(), List.of(), place("a")));
        begin(
                "provider B on " + b.origin(),
                () -> Gateway.start(jar, b, postgres, keycloak.issuer(), List.of(a), place("b")));
        return keycloak;
    }

    /** What a killed demo left behind still listens on our ports. */
    private void endOrphans() {
        Daemon.endOrphan(Gateway.name(b), place("b"));
        Daemon.endOrphan(Gateway.name(a), place("a"));
        Daemon.endOrphan(LocalKeycloak.DAEMON, place("keycloak"));
    }

    Provider a() {
        return a;
    }

    Provider b() {
        return b;
    }

    Path directory() {
        return directory;
    }

    /** Also called by the shutdown hook while a start is under way. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                narrator.say("  a part did not stop cleanly: " + e.getMessage());
            }
        }
    }

    private <T extends AutoCloseable> T begin(String name, Supplier<T> part) {
        return narrator.progress("Starting " + name, () -> {
            T started = part.get();
            synchronized (this) {
                parts.push(started);
            }
            return started;
        });
    }

    private Path place(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
