package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import phr.fhir.fixtures.Lifelogs;

/** Two gateways take in for the same person: what both are sent is stored once, and corrections stand in the order of the answers. */
@ExtendWith(SharedCluster.class)
class TwoGatewaysIT {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2023-02-01T07:00:00+09:00");
    private static final int FILES = 40;
    private static final int CORRECTIONS = 12;

    private final Cluster cluster;

    TwoGatewaysIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void what_two_nodes_are_sent_at_the_same_time_is_stored_once() throws Exception {
        String person = registered(taro());
        // Two telephones send the same, a third something of its own; each node hears of both.
        List<Diligent> apps = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            apps.add(new Diligent(node, this::taro, person, MORNING));
            apps.add(new Diligent(node, this::taro, person, MORNING.plusYears(apps.size())));
        }
        List<Thread> running = apps.stream().map(Thread::new).toList();
        running.forEach(Thread::start);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (apps.stream().anyMatch(app -> app.answered() < FILES * Diligent.FILE)) {
            assertTrue(System.nanoTime() < deadline, "answers in time");
            Thread.sleep(50);
        }
        apps.forEach(Diligent::rests);
        for (Thread app : running) {
            app.join(TimeUnit.MINUTES.toMillis(1));
        }
        apps.forEach(app -> assertEquals(List.of(), app.unexpected(), "answers nobody can do anything with"));

        Set<String> expected = new TreeSet<>();
        for (Diligent app : apps) {
            for (int i = 0; i < app.answered(); i++) {
                expected.add(app.time(i).toInstant().toString());
            }
        }
        for (Node node : cluster.nodes()) {
            Stored stored = Stored.of(node, this::taro, person);
            assertEquals(expected, stored.times());
            assertEquals(expected.size(), stored.ids().size());
            assertEquals(Set.of("1"), stored.versions(), "written once");
            assertEquals(expected.size(), Stored.count(node, this::taro, person));
        }
    }

    @Test
    void corrections_by_either_node_stand_in_the_order_of_the_answers() {
        String jiro = token("jiro");
        String person = registered(jiro);
        OffsetDateTime noon = MORNING.minusYears(1).plusHours(5);
        String search = "/fhir/Observation?date=" + noon.toLocalDate() + "&patient=" + person;
        for (int i = 0; i < CORRECTIONS; i++) {
            Node node = cluster.nodes().get(i % 2);
            Node other = cluster.nodes().get(1 - i % 2);
            byte[] file = Lifelogs.heartRate("hr-corrected", noon, 60 + i).getBytes(StandardCharsets.UTF_8);
            node.post("/ingest/" + person + "/fhir", jiro, "application/octet-stream", file)
                    .at("format");
            Node.Answer found = other.get(search, jiro, "PATRQT");
            assertEquals(String.valueOf(60 + i), found.at("entry[0].resource.valueQuantity.value"));
            assertEquals(String.valueOf(i + 1), found.at("entry[0].resource.meta.versionId"));
            assertEquals("1", found.at("entry.size()"), "one sample, however often it is corrected");
        }
    }

    private String registered(String token) {
        return cluster.nodes()
                .get(0)
                .post("/people", token, "application/json", "{}")
                .at("id");
    }

    private String taro() {
        return token("taro");
    }

    private String token(String user) {
        return cluster.token("phr-citizen", null, user, "patient/*.cruds");
    }
}
