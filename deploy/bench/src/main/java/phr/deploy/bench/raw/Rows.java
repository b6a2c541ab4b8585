package phr.deploy.bench.raw;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.usage.Database;

/** PostgreSQL by itself: rows of 700 bytes of text copied in, found by index, by key, and committed one by one. */
final class Rows implements Limit {

    private static final String NAME = "raw";
    private static final int COUNT = 100_000;
    private static final int IN_COPY = 10_000;
    private static final int BYTES = 700;
    private static final int READERS = 14;
    private static final long ROUND_NANOS = 2_000_000_000L;
    private static final String BY_KEY = "SELECT body FROM sample WHERE id = ?";
    private static final String BY_INDEX = "SELECT body FROM sample WHERE patient = 1 AND at >= ? ORDER BY at LIMIT ?";

    @Override
    public Map<String, Outcome> measure(Database database) throws Exception {
        database.postgres().createDatabase(NAME);
        Map<String, Outcome> found = new LinkedHashMap<>();
        try (Connection connection = database.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS sample");
            statement.execute("CREATE TABLE sample (id uuid PRIMARY KEY, patient int, at bigint, body text)");
            statement.execute("CREATE INDEX sample_at ON sample (patient, at)");
            found.put(
                    "copy",
                    Limit.outcome("COPY of 700-byte rows, key and one index", Unit.PER_SECOND, copy(connection)));
            statement.execute("VACUUM ANALYZE sample");
            found.put(
                    "select 500",
                    Limit.outcome("500 rows by index over JDBC, median", Unit.MILLIS, page(connection, 500)));
            found.put(
                    "select 100",
                    Limit.outcome("100 rows by index over JDBC, median", Unit.MILLIS, page(connection, 100)));
            found.put(
                    "commit",
                    Limit.outcome("durable commits of one row, 4 connections", Unit.PER_SECOND, commits(database)));
        }
        found.put(
                "select 1", Limit.outcome("one row by key over JDBC, 14 connections", Unit.PER_SECOND, keys(database)));
        return found;
    }

    private static UUID id(long number) {
        return new UUID(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0000L + number);
    }

    private static double copy(Connection connection) throws Exception {
        String body = "x".repeat(BYTES);
        long start = System.nanoTime();
        for (int first = 0; first < COUNT; first += IN_COPY) {
            ByteArrayOutputStream rows = new ByteArrayOutputStream(IN_COPY * (BYTES + 60));
            for (int i = first; i < first + IN_COPY; i++) {
                rows.write((id(i) + "\t1\t" + i + "\t" + body + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY sample FROM STDIN", new java.io.ByteArrayInputStream(rows.toByteArray()));
        }
        return COUNT / ((System.nanoTime() - start) / 1e9);
    }

    private static double page(Connection connection, int count) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        List<Long> nanos = new ArrayList<>();
        long until = System.nanoTime() + ROUND_NANOS;
        try (PreparedStatement select = connection.prepareStatement(BY_INDEX)) {
            while (System.nanoTime() < until) {
                long start = System.nanoTime();
                select.setLong(1, random.nextInt(COUNT - count));
                select.setInt(2, count);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        rows.getBytes(1);
                    }
                }
                nanos.add(System.nanoTime() - start);
            }
        }
        long[] ordered = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return ordered[ordered.length / 2] / 1e6;
    }

    private static double commits(Database database) throws Exception {
        return together(4, number -> {
            long done = 0;
            long until = System.nanoTime() + ROUND_NANOS;
            try (Connection connection = database.connect(NAME);
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO sample VALUES (?, 2, ?, 'x')")) {
                while (System.nanoTime() < until) {
                    insert.setObject(1, UUID.randomUUID());
                    insert.setLong(2, done);
                    done += insert.executeUpdate();
                }
            }
            return done;
        });
    }

    private static double keys(Database database) throws Exception {
        return together(READERS, number -> {
            SplittableRandom random = new SplittableRandom(number);
            long done = 0;
            long until = System.nanoTime() + ROUND_NANOS;
            try (Connection connection = database.connect(NAME);
                    PreparedStatement select = connection.prepareStatement(BY_KEY)) {
                while (System.nanoTime() < until) {
                    select.setObject(1, id(random.nextInt(COUNT)));
                    try (ResultSet row = select.executeQuery()) {
                        done += row.next() && row.getBytes(1).length == BYTES ? 1 : 0;
                    }
                }
            }
            return done;
        });
    }

    /** One of several that do the same. */
    private interface Part {
        long done(int number) throws Exception;
    }

    private static double together(int threads, Part part) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Long>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                parts.add(() -> part.done(number));
            }
            long start = System.nanoTime();
            long[] done = new long[threads];
            int at = 0;
            for (Future<Long> one : pool.invokeAll(parts)) {
                done[at++] = one.get();
            }
            return Arrays.stream(done).sum() / ((System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }
}
