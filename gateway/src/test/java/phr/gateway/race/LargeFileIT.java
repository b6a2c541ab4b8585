package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import phr.deploy.gateway.LocalGateway;
import phr.fhir.fixtures.AppleExports;

/**
 * An export in parts into a gateway with 256 MiB of heap, and once more. {@code -Dphr.job.records=7400000} makes it three gigabytes,
 * {@code -Dphr.job.part=64} parts of so many mebibytes; {@code -Dphr.job.zip=true} the archive that a telephone
 * shares; {@code -Dphr.job.java} are other options of its virtual machine.
 */
@ExtendWith(SharedCluster.class)
class LargeFileIT {

    private static final int RECORDS = Integer.getInteger("phr.job.records", 60_000);
    private static final int PART = Integer.getInteger("phr.job.part", 8) << 20;
    private static final List<String> JAVA = Optional.ofNullable(System.getProperty("phr.job.java"))
            .map(options -> List.of(options.split(" ")))
            .orElse(LocalGateway.SMALL);
    private static final boolean ZIP = Boolean.getBoolean("phr.job.zip");
    private static final int WARM = Integer.getInteger("phr.job.warm", 0);
    private static final int DAYS = 3650;

    private final Cluster cluster;

    LargeFileIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void an_export_of_any_size_is_read_in_little_memory_and_once(@TempDir Path directory) throws Exception {
        Path file = export(directory.resolve("export"), 11, RECORDS);
        try (Mortal alone = cluster.mortal("large", JAVA)) {
            Node node = alone.node();
            String person =
                    node.post("/people", hanako(), "application/json", "{}").at("id");
            if (WARM > 0) {
                warm(node, export(directory.resolve("warm"), 12, WARM));
            }
            JsonPath first = ended(node, this::hanako, sent(node, person, this::hanako, file));
            assertEquals("COMPLETE", first.getString("state"), first.getString("error"));
            assertTrue(first.getLong("counts.read") > RECORDS * 9L / 10, "all of it");
            assertTrue(first.getLong("counts.stored") > RECORDS / 2, "most of it");
            assertEquals(1, first.getLong("counts.originals"), "kept as it came");
            JsonPath second = ended(node, this::hanako, sent(node, person, this::hanako, file));
            assertEquals("COMPLETE", second.getString("state"));
            assertEquals(0, second.getLong("counts.stored"), "nothing of it twice");
            assertEquals(0, second.getLong("counts.superseded"));
            assertEquals(0, second.getLong("counts.originals"));
        }
    }

    /** Another person's export before it: a gateway that has run for a while. */
    private void warm(Node node, Path file) throws IOException, InterruptedException {
        String person = node.post("/people", taro(), "application/json", "{}").at("id");
        JsonPath job = ended(node, this::taro, sent(node, person, this::taro, file));
        assertEquals("COMPLETE", job.getString("state"));
    }

    private static Path export(Path file, long seed, int records) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            if (ZIP) {
                AppleExports.zip(seed, records, DAYS, out);
            } else {
                AppleExports.xml(seed, records, DAYS, out);
            }
        }
        return file;
    }

    private String sent(Node node, String person, Supplier<String> user, Path file) throws IOException {
        long begin = System.nanoTime();
        long size = Files.size(file);
        String upload = node.upload(person, user.get(), size);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            long offset = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                assertEquals(204, node.part(upload, user.get(), offset, part).status());
                offset += part.length;
            }
        }
        System.out.printf("large file: %d bytes sent in %d ms%n", size, millis(begin));
        return upload.replace("uploads", "jobs");
    }

    private JsonPath ended(Node node, Supplier<String> user, String job) throws InterruptedException {
        long begin = System.nanoTime();
        long deadline = begin + TimeUnit.MINUTES.toNanos(30);
        JsonPath state = JsonPath.from(node.get(job, user.get(), "PATRQT").body());
        while (state.getString("state").matches("NEW|IN_PROGRESS")) {
            assertTrue(System.nanoTime() < deadline, "ends in time");
            Thread.sleep(Math.min(1000, 100 + millis(begin) / 10));
            state = JsonPath.from(node.get(job, user.get(), "PATRQT").body());
        }
        System.out.printf(
                "large file: read in %d ms after the last part: %s%n", millis(begin), state.getString("counts"));
        return state;
    }

    private static long millis(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private String hanako() {
        return cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
    }

    private String taro() {
        return cluster.token("phr-citizen", null, "taro", "patient/*.cruds");
    }
}
