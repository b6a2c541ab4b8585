package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;

/**
 * An erasure survives a gateway that is killed at any moment of it: either nothing has happened, or the key is gone with everything
 * that leads to her, and the rows follow. {@code -Dphr.erasure.kills=50} makes it as long as one likes.
 */
@ExtendWith(SharedCluster.class)
class ErasureCrashIT {

    private static final int KILLS = Integer.getInteger("phr.erasure.kills", 3);
    private static final long SEED = Long.getLong("phr.erasure.seed", System.nanoTime());
    private static final String NAME = "leaving";
    private static final int LATEST_MILLIS = 300;
    private static final int SAMPLES = 600;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    /** Tombstone, key, login and the ids by which others know her go together or stay together. */
    private static final String HALF = "SELECT count(*) FROM person p LEFT JOIN erasure e ON e.person_id = p.id"
            + " LEFT JOIN person_key k ON k.person_id = p.id WHERE (e.person_id IS NULL) <> (k.person_id IS NOT NULL)"
            + " OR (e.person_id IS NULL) <> (p.erased IS NULL) OR (e.person_id IS NULL) = (p.issuer = 'urn:phr:erased')"
            + " OR (e.person_id IS NOT NULL AND EXISTS (SELECT FROM pairwise_id i WHERE i.person = p.id))";

    private final Cluster cluster;
    private final Map<String, String> erased = new TreeMap<>();
    private int notBegun;
    private int unfinished;

    ErasureCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void an_erasure_is_done_or_not_begun_when_the_gateway_is_killed_at_any_moment() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        System.out.printf("erasure: seed %d, %d kills%n", SEED, KILLS);
        try (Mortal mortal = cluster.mortal(NAME)) {
            Node node = mortal.node();
            node.put("/organisations/sakura-clinic", operator(), Cast.SAKURA).at("name");
            for (int kill = 0; kill < KILLS; kill++) {
                String person = somebody(node);
                String token = token(node, person);
                Thread leaving = new Thread(() -> erases(node, person, token));
                leaving.start();
                Thread.sleep(random.nextInt(LATEST_MILLIS));
                mortal.kill();
                leaving.join();
                mortal.comesBack();
                nothingIsHalf(node, person, token);
            }
            String last = somebody(node);
            assertEquals(200, erases(node, last, token(node, last)));
            note(last);
            mortal.kill();
            mortal.comesBack();
            everybodyIsGone(node);
        }
    }

    /** A person with a record, known to an organisation and with a subscription; the same login again once she was erased. */
    private String somebody(Node node) {
        String person = node.post("/people", hanako(), "application/json", "{}").at("id");
        byte[] samples = Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-02-01T07:00:00+09:00"), SAMPLES);
        node.post("/ingest/" + person, hanako(), "application/octet-stream", samples)
                .at("format");
        node.post(
                        "/people/" + person + "/introductions",
                        hanako(),
                        "application/json",
                        "{\"organisation\":\"sakura-clinic\"}")
                .at("patient");
        node.post("/fhir/Subscription", hanako(), "application/fhir+json", """
                        {"resourceType":"Subscription","status":"requested","reason":"試験","criteria":"Observation?patient=%s",
                         "channel":{"type":"rest-hook","endpoint":"http://127.0.0.1:9/fhir","payload":"application/fhir+json"}}""".formatted(person))
                .at("id");
        return person;
    }

    private String token(Node node, String person) {
        return node.post("/people/" + person + "/erasure-request", hanako(), "application/json", "{}")
                .at("token");
    }

    /** @return 0 when nobody answered */
    private int erases(Node node, String person, String token) {
        try {
            return node.post(
                            "/people/" + person + "/$erase",
                            hanako(),
                            "application/json",
                            "{\"token\":\"" + token + "\"}")
                    .status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private void nothingIsHalf(Node node, String person, String token) throws SQLException {
        assertEquals(List.of("0"), select(HALF), "half erased");
        if (note(person)) {
            unfinished +=
                    select("SELECT 1 FROM erasure WHERE completed IS NULL").size();
            assertEquals(404, node.get("/people/me", hanako(), "PATRQT").status());
            assertEquals(
                    404,
                    node.get("/fhir/Observation?patient=" + person, hanako(), "PATRQT")
                            .status());
        } else {
            notBegun++;
            assertEquals(
                    String.valueOf(SAMPLES),
                    node.get("/fhir/Observation?_summary=count&patient=" + person, hanako(), "PATRQT")
                            .at("total"));
            assertEquals(200, erases(node, person, token), "the token is still good");
            assertTrue(note(person));
        }
    }

    /** Remembers her report when she has been erased. */
    private boolean note(String person) throws SQLException {
        List<String> report = select("SELECT id FROM erasure WHERE person_id = '" + UUID.fromString(person) + "'");
        report.forEach(id -> erased.put(person, id));
        return !report.isEmpty();
    }

    private void everybodyIsGone(Node node) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Map.Entry<String, String> one : erased.entrySet()) {
            JsonPath report = report(node, one.getValue());
            while (!report.getString("state").equals("COMPLETE")) {
                assertTrue(System.nanoTime() < deadline, "erasures come to their end");
                Thread.sleep(500);
                report = report(node, one.getValue());
            }
            List<String> kept = report.getList("kept.tables.flatten()", String.class);
            assertEquals(List.of(), tablesWith(one.getKey(), kept), "tables with rows of hers");
            assertTrue(
                    report.getList("tables.table").containsAll(List.of("sample_chunk", "person_key", "subscription")));
            assertEquals(1, report.getInt("tables.find { it.table == 'person_key' }.rows"), "counted once");
        }
        System.out.printf(
                "erasure: %d persons erased, %d not when the gateway was killed, %d with rows left%n",
                erased.size(), notBegun, unfinished);
    }

    private JsonPath report(Node node, String id) {
        return JsonPath.from(node.get("/erasures/" + id, operator(), "PATRQT").body());
    }

    private List<String> tablesWith(String person, List<String> kept) throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> tables = select("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
                + " AND relnamespace = 'public'::regnamespace ORDER BY relname");
        assertTrue(tables.containsAll(kept) && tables.size() > kept.size() + 10);
        tables.removeAll(kept);
        for (String table : tables) {
            String rows = "SELECT count(*) FROM " + table + " t WHERE to_jsonb(t)::text LIKE '%" + person + "%'";
            if (!select(rows).equals(List.of("0"))) {
                found.add(table);
            }
        }
        return found;
    }

    private List<String> select(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = cluster.connection(NAME);
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private String hanako() {
        return cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
    }

    private String operator() {
        return cluster.token("phr-operator-console", null, "operator");
    }
}
