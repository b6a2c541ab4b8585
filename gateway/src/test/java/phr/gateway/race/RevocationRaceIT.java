package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import phr.fhir.fixtures.Checkups;
import phr.gateway.Cast;

/**
 * CS-14 over two processes: after the commit of a revocation no node gives out anything more. {@code -Dphr.race.reads=100000}
 * makes it as long as one likes.
 */
@ExtendWith(SharedCluster.class)
class RevocationRaceIT {

    private static final long READS = Long.getLong("phr.race.reads", 2_000);
    private static final long SEED = Long.getLong("phr.race.seed", System.nanoTime());
    private static final int READERS = 4;

    /** With data, without any, refused, unknown, and asked to try again while consents change. */
    private static final Set<Integer> ANSWERS = Set.of(200, 403, 404, 503);

    private final Cluster cluster;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicInteger withData = new AtomicInteger();
    private final AtomicInteger without = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    RevocationRaceIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void no_read_after_the_commit_of_a_revocation_returns_data_on_any_node() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Node node = cluster.nodes().get(0);
        Supplier<String> hanako = () -> cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
        Visit visit = introduced(node, hanako.get());
        Undecided writer = new Undecided(cluster.nodes(), hanako, visit, random.split());
        long began = System.nanoTime();
        race(writer, visit, random);
        System.out.printf(
                "race: seed %d, %d reads (%d with data, %d refused, %d cut off), %d revocations, %d reads/s, %d too late%n",
                SEED,
                reads.get(),
                withData.get(),
                without.get(),
                cut.get(),
                writer.spans().count(),
                reads.get() * 1_000_000_000L / (System.nanoTime() - began),
                late.get());
        assertEquals(0, late.get(), "reads that began after a revocation was answered and returned data");
        assertTrue(withData.get() > READS / 50 && without.get() > READS / 50, "both outcomes are met often");
    }

    private void race(Undecided writer, Visit visit, SplittableRandom random) throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            SplittableRandom own = random.split();
            running.add(readers.submit(() -> read(writer.spans(), visit, own)));
        }
        readers.shutdown();
        while (!running.stream().allMatch(Future::isDone)) {
            writer.changesHerMind();
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private void read(Spans spans, Visit visit, SplittableRandom random) {
        Visit.Kind[] kinds = Visit.Kind.values();
        while (reads.incrementAndGet() <= READS) {
            Node node = cluster.nodes().get(random.nextInt(cluster.nodes().size()));
            long from = System.nanoTime();
            try {
                Node.Answer answer = visit.asks(node, kinds[random.nextInt(kinds.length)]);
                note(answer, spans, from);
            } catch (UncheckedIOException e) {
                // Revoked while it streamed: the connection ends before the bundle does.
                cut.incrementAndGet();
            }
        }
    }

    private void note(Node.Answer answer, Spans spans, long from) {
        if (answer.status() == 200 && answer.body().contains("\"Observation\"")) {
            withData.incrementAndGet();
            if (!spans.touch(from, System.nanoTime())) {
                late.incrementAndGet();
            }
        } else {
            assertTrue(ANSWERS.contains(answer.status()), "status " + answer.status());
            without.incrementAndGet();
        }
    }

    private Visit introduced(Node node, String hanako) {
        String operator = cluster.token("phr-operator-console", null, "operator");
        node.put("/organisations/sakura-clinic", operator, Cast.SAKURA).at("name");
        String person = node.post("/people", hanako, "application/json", "{}").at("id");
        node.post(
                        "/ingest/" + person,
                        hanako,
                        "application/zip",
                        Checkups.hanako2025().zip())
                .at("format");
        String patient = node.post(
                        "/people/" + person + "/introductions",
                        hanako,
                        "application/json",
                        "{\"organisation\":\"sakura-clinic\"}")
                .at("patient");
        Supplier<String> clinic =
                () -> cluster.token("sakura-viewer", "sakura-viewer-demo-secret", "dr-sato", "user/*.rs");
        String observation = node.get("/fhir/Observation?_count=1&patient=" + person, hanako, "PATRQT")
                .at("entry[0].resource.id");
        return new Visit(clinic, patient, observation);
    }
}
