package phr.gateway.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.deploy.gateway.LocalGateway;
import phr.deploy.keycloak.LocalKeycloak;
import phr.deploy.machine.Checkout;
import phr.deploy.machine.Daemon;
import phr.deploy.machine.Ports;
import phr.deploy.postgres.LocalPostgres;

/** Two nodes of one provider: one PostgreSQL, one Keycloak, the same keys. */
final class Cluster implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final LocalKeycloak keycloak;
    private final List<Node> nodes;

    Cluster() throws IOException {
        Path work = Files.createTempDirectory("phr-race");
        LocalPostgres postgres = begin(LocalPostgres.start(work.resolve("postgres")));
        keycloak = begin(LocalKeycloak.start(work.resolve("keycloak")));
        nodes = List.of(node("one", postgres, work), node("two", postgres, work));
    }

    List<Node> nodes() {
        return nodes;
    }

    String token(String client, @Nullable String secret, String user, String... scopes) {
        return keycloak.token(client, secret, user, user + "-demo", scopes);
    }

    private Node node(String name, LocalPostgres postgres, Path work) {
        int port = Ports.free();
        Daemon daemon = LocalGateway.start(
                Checkout.find().gateway(),
                new LocalGateway.Settings(
                        name,
                        "test.phr",
                        "試験PHR",
                        "http://127.0.0.1:8081/fhir",
                        port,
                        "phr",
                        work.resolve("keys"),
                        Map.of()),
                postgres,
                keycloak.issuer(),
                work.resolve(name));
        begin(daemon);
        return new Node(port);
    }

    private <T extends AutoCloseable> T begin(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
