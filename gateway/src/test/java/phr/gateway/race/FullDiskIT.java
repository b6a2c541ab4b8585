package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.fixtures.Lifelogs;

/**
 * A disk that is really full, below the database and below the spool. {@code -Dphr.small.disk=DIR} names an empty file system of its own
 * of some 300 MiB, as {@code mount -t tmpfs -o size=300m tmpfs DIR} makes one.
 */
@EnabledIfSystemProperty(named = "phr.small.disk", matches = ".+")
@ExtendWith(SharedCluster.class)
class FullDiskIT {

    private static final Path SMALL = Path.of(System.getProperty("phr.small.disk", "."));
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2024-02-01T07:00:00+09:00");
    private static final int FILE = 2000;
    private static final Set<Integer> TAKEN = Set.of(200, 201);

    private final Path filler = SMALL.resolve("filler");
    private final Cluster cluster;

    FullDiskIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void room() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Test
    void a_database_without_room_takes_nothing_and_everything_again(@TempDir Path elsewhere) throws Exception {
        try (Solitude alone = cluster.solitude(SMALL, elsewhere)) {
            Node node = alone.gateway().node();
            String person = registered(node);
            taken(node, person, 0);
            fills();
            int sent = 1;
            while (isTaken(node, person, sent)) {
                sent++;
            }
            assertTrue(outlasts(node, person, sent), "answers as long as there is no room");
            room();
            // without room for its log PostgreSQL ends; whoever keeps it running starts it again
            alone.databaseComesBack();
            comesBack(node, person, sent);
            everySampleOnce(node, person, sent + 1);
        }
    }

    @Test
    void a_spool_without_room_takes_nothing_and_everything_again(@TempDir Path elsewhere) throws Exception {
        try (Solitude alone = cluster.solitude(elsewhere, SMALL)) {
            Node node = alone.gateway().node();
            String person = registered(node);
            taken(node, person, 0);
            fills();
            assertEquals(503, send(node, person, 1).status());
            assertEquals(FILE, Stored.count(node, this::hanako, person), "what needs no spool goes on");
            room();
            taken(node, person, 1);
            everySampleOnce(node, person, 2);
        }
    }

    private String registered(Node node) {
        return node.post("/people", hanako(), "application/json", "{}").at("id");
    }

    /** To the last byte. */
    private void fills() throws IOException {
        byte[] block = new byte[1 << 16];
        for (int size = block.length; size > 0; size /= 2) {
            try (OutputStream out =
                    Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block, 0, size);
                }
            } catch (IOException full) {
                assertTrue(Files.getFileStore(SMALL).getUsableSpace() < block.length, "nearly full");
            }
        }
    }

    private boolean outlasts(Node node, String person, int file) throws InterruptedException {
        for (int attempt = 0; attempt < 20; attempt++) {
            if (isTaken(node, person, file)) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private void comesBack(Node node, String person, int file) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!isTaken(node, person, file)) {
            assertTrue(System.nanoTime() < deadline, "recovers by itself");
            Thread.sleep(100);
        }
    }

    private void taken(Node node, String person, int file) {
        assertTrue(isTaken(node, person, file));
    }

    private boolean isTaken(Node node, String person, int file) {
        Node.Answer answer = send(node, person, file);
        assertTrue(TAKEN.contains(answer.status()) || answer.status() == 503, () -> "answers " + answer);
        return TAKEN.contains(answer.status());
    }

    private Node.Answer send(Node node, String person, int file) {
        return node.post("/ingest/" + person + "/fhir", hanako(), "application/octet-stream", samples(file));
    }

    private static byte[] samples(int file) {
        return IntStream.range(file * FILE, (file + 1) * FILE)
                .mapToObj(i -> Lifelogs.heartRate("full-" + i, MORNING.plusMinutes(i), 58 + i % 40))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void everySampleOnce(Node node, String person, int files) {
        Set<String> expected = IntStream.range(0, files * FILE)
                .mapToObj(i -> MORNING.plusMinutes(i).toInstant().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        Stored stored = Stored.of(node, this::hanako, person);
        assertEquals(expected, stored.times());
        assertEquals(expected.size(), stored.ids().size());
        assertEquals(Set.of("1"), stored.versions());
    }

    private String hanako() {
        return cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
    }
}
