package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import phr.fhir.fixtures.Lifelogs;

/**
 * A job goes on when the gateway or its database is killed at any moment: nothing is lost, nothing is there twice, and its counts are
 * those of the whole file. {@code -Dphr.job.kills=50} makes it as long as one likes.
 */
@ExtendWith(SharedCluster.class)
class JobCrashIT {

    private static final int KILLS = Integer.getInteger("phr.job.kills", 3);
    private static final long SEED = Long.getLong("phr.job.seed", System.nanoTime());
    private static final int SAMPLES = 100_000;
    /** Description and provenance of the file. */
    private static final int BESIDES = 2;

    private static final int LONGEST_LIFE_MILLIS = 1000;
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2004-02-01T07:00:00+09:00");

    private final Cluster cluster;

    JobCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A file on its way. */
    private record Sent(String job, int number) {}

    @Test
    void a_job_counts_each_sample_once_when_gateway_and_database_are_killed_at_any_moment() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        System.out.printf("jobs: seed %d, %d kills%n", SEED, KILLS);
        try (Solitude alone = cluster.solitude()) {
            Node node = alone.gateway().node();
            String person =
                    node.post("/people", hanako(), "application/json", "{}").at("id");
            Sent sent = send(node, person, 0);
            for (int kill = 0; kill < KILLS; kill++) {
                int before = state(node, sent).getInt("counts.read");
                JsonPath moved = when(node, sent, before);
                if (ended(moved)) {
                    complete(node, person, sent);
                    sent = send(node, person, sent.number() + 1);
                }
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                if (random.nextInt(3) > 0) {
                    alone.killGateway();
                } else {
                    alone.killDatabase();
                }
            }
            complete(node, person, sent);
        }
    }

    private Sent send(Node node, String person, int number) throws InterruptedException {
        StringBuilder lines = new StringBuilder();
        OffsetDateTime first = MORNING.plus(Duration.ofDays(100L * number));
        for (int i = 0; i < SAMPLES; i++) {
            lines.append(Lifelogs.heartRate("job-" + number + "-" + i, first.plusMinutes(i), 58 + i % 40))
                    .append('\n');
        }
        byte[] file = lines.toString().getBytes(StandardCharsets.UTF_8);
        String id = Node.whenUp(() -> node.post("/ingest/" + person, hanako(), "application/octet-stream", file))
                .at("id");
        return new Sent("/ingest/jobs/" + id, number);
    }

    private void complete(Node node, String person, Sent sent) throws InterruptedException {
        JsonPath end = when(node, sent, Integer.MAX_VALUE);
        assertEquals("COMPLETE", end.getString("state"));
        assertEquals(SAMPLES, end.getInt("counts.read"));
        assertEquals(SAMPLES + BESIDES, end.getInt("counts.stored"), "all of it by this job");
        assertEquals(0, end.getInt("counts.duplicate"), "nothing of it twice");
        assertEquals(0, end.getInt("counts.superseded"));
        assertEquals(1, end.getInt("counts.originals"));
        assertEquals(SAMPLES * (sent.number() + 1), Stored.count(node, this::hanako, person));
    }

    /** Waits until more has been read, or the job has ended. */
    private JsonPath when(Node node, Sent sent, int before) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        JsonPath state = state(node, sent);
        while (!ended(state) && state.getInt("counts.read") <= before) {
            assertTrue(System.nanoTime() < deadline, "goes on in time");
            Thread.sleep(50);
            state = state(node, sent);
        }
        return state;
    }

    private static boolean ended(JsonPath state) {
        return !state.getString("state").matches("NEW|IN_PROGRESS");
    }

    private JsonPath state(Node node, Sent sent) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        JsonPath state = asked(node, sent);
        while (state == null) {
            assertTrue(System.nanoTime() < deadline, "answers in time");
            Thread.sleep(100);
            state = asked(node, sent);
        }
        return state;
    }

    /** Null while the database is away. */
    private @Nullable JsonPath asked(Node node, Sent sent) {
        try {
            Node.Answer answer = node.get(sent.job(), hanako(), "PATRQT");
            return answer.status() == 200 ? JsonPath.from(answer.body()) : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private String hanako() {
        return cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
    }
}
