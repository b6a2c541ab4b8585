package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What was answered stays stored, once, when the gateway or its database is killed at any moment, also while it compacts.
 * {@code -Dphr.crash.kills=50} makes it as long as one likes.
 */
@ExtendWith(SharedCluster.class)
class IngestCrashIT {

    private static final int KILLS = Integer.getInteger("phr.crash.kills", 4);
    private static final long SEED = Long.getLong("phr.crash.seed", System.nanoTime());
    private static final int FILES = 20;
    private static final int LONGEST_LIFE_MILLIS = 3000;
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2024-02-01T07:00:00+09:00");
    private static final Duration APART = Duration.ofDays(400);

    private final Cluster cluster;

    IngestCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void nothing_answered_is_lost_or_doubled_when_gateway_and_database_are_killed_at_any_moment() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        System.out.printf("ingest: seed %d, %d kills%n", SEED, KILLS);
        try (Solitude alone = cluster.solitude()) {
            Node node = alone.gateway().node();
            String person =
                    node.post("/people", hanako(), "application/json", "{}").at("id");
            List<Diligent> apps = IntStream.range(0, 2)
                    .mapToObj(i -> new Diligent(node, this::hanako, person, MORNING.plus(APART.multipliedBy(i))))
                    .toList();
            List<Thread> running = apps.stream().map(Thread::new).toList();
            running.forEach(Thread::start);
            for (int kill = 0; kill < KILLS; kill++) {
                // so many files that it begins to compact
                someMoreAreAnswered(apps);
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                if (random.nextBoolean()) {
                    alone.killGateway();
                } else {
                    alone.killDatabase();
                }
                everythingAnsweredIsThere(node, person, apps);
            }
            apps.forEach(Diligent::rests);
            for (Thread app : running) {
                app.join(TimeUnit.MINUTES.toMillis(2));
            }
            apps.forEach(app -> assertEquals(List.of(), app.unexpected(), "answers nobody can do anything with"));
            eachSampleIsThereOnce(node, person, apps);
        }
    }

    private static void someMoreAreAnswered(List<Diligent> apps) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        int before = answered(apps);
        while (answered(apps) < before + FILES * Diligent.FILE) {
            assertTrue(System.nanoTime() < deadline, "answers in time");
            Thread.sleep(20);
        }
    }

    private static int answered(List<Diligent> apps) {
        return apps.stream().mapToInt(Diligent::answered).sum();
    }

    private void everythingAnsweredIsThere(Node node, String person, List<Diligent> apps) throws Exception {
        int answered = answered(apps);
        assertTrue(Stored.count(node, this::hanako, person) >= answered, "nothing answered is lost");
    }

    private void eachSampleIsThereOnce(Node node, String person, List<Diligent> apps) throws Exception {
        Set<String> expected = new TreeSet<>();
        for (Diligent app : apps) {
            for (int i = 0; i < app.answered(); i++) {
                expected.add(app.time(i).toInstant().toString());
            }
        }
        Stored stored = Stored.of(node, this::hanako, person);
        assertEquals(expected, stored.times());
        assertEquals(expected.size(), stored.ids().size());
        assertEquals(Set.of("1"), stored.versions(), "written once");
        assertEquals(expected.size(), Stored.count(node, this::hanako, person));
        System.out.printf("ingest: %d samples, each once%n", stored.ids().size());
    }

    private String hanako() {
        return cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
    }
}
