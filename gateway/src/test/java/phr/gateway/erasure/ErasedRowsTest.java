package phr.gateway.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.PersonId;
import phr.gateway.erasure.ErasedTables.Erased;
import phr.gateway.erasure.Erasure.Ground;
import phr.gateway.erasure.Erasure.State;
import phr.gateway.notices.ErasureNotices;
import phr.gateway.record.postgres.Database;

/** Every statement of an erasure on a real database, with more rows than one transaction takes. */
class ErasedRowsTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(20);

    @TempDir
    static Path directory;

    private static Database database;

    private final PersonId person = new PersonId(UUID.randomUUID());
    private final PersonId other = new PersonId(UUID.randomUUID());

    @BeforeAll
    static void start() throws SQLException {
        database = new Database(directory);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void twoPersonsWithRows() {
        for (PersonId one : List.of(person, other)) {
            database.run(
                    "INSERT INTO person (id, issuer, subject, account, created_at)"
                            + " SELECT p, 'issuer', p::text, 'sealed', now() FROM (SELECT ?::uuid AS p) x",
                    one);
            database.run("INSERT INTO person_key (person_id, wrapped) VALUES (?, 'wrapped')", one);
            database.run(
                    "INSERT INTO sample_index (person_id, run, page, body)"
                            + " SELECT ?, 1, n, 'sealed' FROM generate_series(1, 4500) n",
                    one);
            database.run(
                    "INSERT INTO original_chunk (person_id, content, ordinal, body)"
                            + " SELECT ?, gen_random_uuid(), n, 'sealed' FROM generate_series(1, 70) n",
                    one);
            database.run(
                    "INSERT INTO person_notice (id, reader_id, person_id, kind, recorded_at)"
                            + " SELECT gen_random_uuid(), p, p, 'KIND', now() FROM (SELECT ?::uuid AS p) x",
                    one);
        }
    }

    private static final class Config implements ErasureConfig {

        @Override
        public Duration patience() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Optional<Period> ledgersKept() {
            return Optional.of(Period.ofYears(3));
        }
    }

    private static ErasureTransactions transactions() {
        return new ErasureTransactions(database.dataSource());
    }

    private static ErasureRequests requests(Instant now) {
        return new ErasureRequests(transactions(), new Config(), clock(now));
    }

    private static Erasures erasures(Instant now) {
        return new Erasures(
                transactions(),
                requests(now),
                new ErasureNotices(clock(now), Duration.ofDays(30)),
                new Config(),
                clock(now));
    }

    private static Sweep sweep(Instant now) {
        return new Sweep(transactions(), SETTLE, clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private Erasure erased() {
        String token = requests(NOW).ask(person, Ground.OWN, "herself", null).token();
        return erasures(NOW).erase(person, token, request -> true).orElseThrow();
    }

    private long rows(Erased table, PersonId one) {
        return database.count("SELECT count(*) FROM " + table.table() + " WHERE " + table.person() + " = ?", one);
    }

    @Test
    void theKeyGoesFirstAndThenEveryRowAndNobodyElses() {
        Erasure erasure = erased();
        assertEquals(State.KEY_DESTROYED, erasure.state());
        assertEquals(Instant.parse("2029-04-01T00:00:00Z"), erasure.keptUntil());
        assertEquals(0, database.count("SELECT count(*) FROM person_key WHERE person_id = ?", person));
        assertEquals(1, database.count("SELECT epoch FROM consent_epoch WHERE person_id = ?", person));
        assertEquals(
                1,
                database.count(
                        "SELECT count(*) FROM person WHERE id = ? AND issuer = 'urn:phr:erased' AND account = ''"
                                + " AND erased IS NOT NULL",
                        person));
        sweep(NOW).run(erasure);
        for (Erased table : ErasedTables.ERASED) {
            assertEquals(0, rows(table, person), table.table());
        }
        assertEquals(4_500, database.count("SELECT count(*) FROM sample_index WHERE person_id = ?", other));
        assertEquals(1, database.count("SELECT count(*) FROM person_key WHERE person_id = ?", other));
        Erasure swept = erasures(NOW).find(erasure.id()).orElseThrow();
        assertEquals(State.ROWS_ERASED, swept.state());
        assertEquals(4_500L, swept.counts().get("sample_index"));
        assertEquals(70L, swept.counts().get("original_chunk"));
        assertEquals(1L, swept.counts().get("person_notice"));
    }

    @Test
    void whatComesLateIsFoundByTheLastLook() {
        Erasure erasure = erased();
        sweep(NOW).run(erasure);
        database.run(
                "INSERT INTO received_file (person_id, file, received) VALUES (?, gen_random_uuid(), now())", person);
        database.run(
                "INSERT INTO person_notice (id, reader_id, person_id, kind, recorded_at)"
                        + " SELECT gen_random_uuid(), p, p, 'LATE', now() FROM (SELECT ?::uuid AS p) x",
                person);
        assertEquals(
                0, database.count("SELECT count(*) FROM person_notice WHERE person_id = ?", person), "told nothing");
        assertTrue(
                erasures(NOW).unfinished(100).stream().anyMatch(one -> one.id().equals(erasure.id())));
        sweep(NOW.plus(SETTLE)).run(erasure);
        assertEquals(0, database.count("SELECT count(*) FROM received_file WHERE person_id = ?", person));
        assertEquals(
                State.COMPLETE, erasures(NOW).find(erasure.id()).orElseThrow().state());
        assertTrue(
                erasures(NOW).unfinished(100).stream().noneMatch(one -> one.id().equals(erasure.id())));
    }

    @Test
    void aTokenIsGoodOnceForItsPersonAndForAWhile() {
        String token = requests(NOW).ask(person, Ground.OWN, "herself", null).token();
        Instant late = NOW.plus(Duration.ofMinutes(15));
        assertEquals(Optional.empty(), erasures(NOW).erase(other, token, request -> true), "another person's");
        assertEquals(Optional.empty(), erasures(NOW).erase(person, "other", request -> true));
        assertEquals(Optional.empty(), erasures(late).erase(person, token, request -> true), "too late");
        assertEquals(Optional.empty(), erasures(NOW).erase(person, token, request -> request.askedBy()
                .equals("somebody else")));
        assertTrue(erasures(NOW).erase(person, token, request -> true).isPresent());
        assertEquals(Optional.empty(), erasures(NOW).erase(person, token, request -> true), "used");
        assertEquals(1, database.count("SELECT count(*) FROM person_key WHERE person_id = ?", other));
    }

    @Test
    void aNewerRequestTakesThePlaceOfTheOlder() {
        String older = requests(NOW).ask(person, Ground.OWN, "herself", null).token();
        requests(NOW).ask(person, Ground.OWN, "herself", null);
        assertEquals(Optional.empty(), erasures(NOW).erase(person, older, request -> true));
    }

    /** Where relabelling goes on: an id that tells as much as a tombstone. */
    private static final Set<String> BOOKMARKS = Set.of("relabelling.last_person");

    @Test
    void whereverATableNamesAPersonSheIsLookedFor() throws SQLException {
        TreeSet<String> lookedFor = new TreeSet<>(BOOKMARKS);
        ErasedTables.ERASED.forEach(table -> lookedFor.add(table.table() + "." + table.person()));
        Set<String> kept =
                ErasedTables.KEPT.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        TreeSet<String> named = new TreeSet<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT c.table_name, c.column_name"
                                + " FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND NOT k.relispartition"
                                + " WHERE c.table_schema = 'public' AND c.data_type = 'uuid'"
                                + " AND c.column_name ~ 'person|reader|actor|holder|grantor|guardian|proxy|used_by|reported_by|user'");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String table = row.getString(1);
                if (!kept.contains(table) && !ErasedTables.WITH_ANOTHER.contains(table)) {
                    named.add(table + "." + row.getString(2));
                }
            }
        }
        assertEquals(lookedFor, named, "columns of persons in tables that are not kept");
    }

    @Test
    void aDeliveryInProgressAndTheSweepDoNotWaitForEachOther() throws Exception {
        database.run(
                "WITH s AS (INSERT INTO subscription (id, person_id, actor, client, type, status, version, updated_at, content)"
                        + " SELECT gen_random_uuid(), p, p, 'app', 'Observation', 'active', 1, now(), 'sealed'"
                        + " FROM (SELECT ?::uuid AS p) x RETURNING id)"
                        + " INSERT INTO subscription_courier (subscription, next_at) SELECT id, now() FROM s",
                person);
        Erasure erasure = erased();
        ExecutorService background = Executors.newSingleThreadExecutor();
        try (Connection courier = database.dataSource().getConnection();
                Statement statement = courier.createStatement()) {
            courier.setAutoCommit(false);
            statement.execute("SET LOCAL deadlock_timeout = '50ms'");
            statement.execute("SELECT 1 FROM subscription_courier c JOIN subscription s ON s.id = c.subscription"
                    + " WHERE s.person_id = '" + person + "' FOR UPDATE OF c");
            Future<?> sweep = background.submit(() -> sweep(NOW).run(erasure));
            whenSomebodyWaits();
            statement.execute("UPDATE subscription SET status = 'error' WHERE person_id = '" + person + "'");
            courier.commit();
            sweep.get(20, TimeUnit.SECONDS);
        } finally {
            background.shutdownNow();
        }
        assertEquals(0, database.count("SELECT count(*) FROM subscription WHERE person_id = ?", person));
    }

    private static void whenSomebodyWaits() throws InterruptedException {
        PersonId nobody = new PersonId(UUID.randomUUID());
        long waiting = 0;
        for (int i = 0; i < 200 && waiting == 0; i++) {
            Thread.sleep(20);
            waiting = database.count("SELECT count(*) FROM pg_locks WHERE NOT granted AND ?::uuid IS NOT NULL", nobody);
        }
        assertTrue(waiting > 0, "the sweep waits for the courier");
    }
}
