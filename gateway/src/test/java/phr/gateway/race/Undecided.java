package phr.gateway.race;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import phr.gateway.Cast;

/** A person who grants and revokes again and again, each time at any node, and looks at every node right after. */
final class Undecided {

    private final List<Node> nodes;
    private final Supplier<String> token;
    private final Visit visit;
    private final RandomGenerator random;
    private final Spans spans = new Spans();

    Undecided(List<Node> nodes, Supplier<String> token, Visit visit, RandomGenerator random) {
        this.nodes = nodes;
        this.token = token;
        this.visit = visit;
        this.random = random;
    }

    Spans spans() {
        return spans;
    }

    /** @throws AssertionError when a node answers otherwise than the consent that was just given or taken back */
    void changesHerMind() throws InterruptedException {
        spans.opens(System.nanoTime());
        Node.Answer granted = any().post("/consents", token.get(), "application/json", Cast.SAKURA_MAY_READ);
        String id = granted.at("directive.id");
        expectOnEveryNode(200);
        Thread.sleep(random.nextInt(30));
        expect(200, any().post("/consents/" + id + "/$revoke", token.get(), "application/json", "{}"));
        spans.closed(System.nanoTime());
        expectOnEveryNode(403);
        Thread.sleep(random.nextInt(15));
    }

    private void expectOnEveryNode(int status) {
        for (Node node : nodes) {
            expect(status, visit.searches(node));
        }
    }

    private Node any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static void expect(int status, Node.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", was " + answer.status());
        }
    }
}
