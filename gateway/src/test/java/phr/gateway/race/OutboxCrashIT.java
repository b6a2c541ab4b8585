package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import phr.fhir.Ids;

/**
 * Notices of withdrawal and deliveries to subscribers survive a gateway that is killed at any moment: nothing is lost, each comes
 * at least once, in order. {@code -Dphr.outbox.kills=50} makes it as long as one likes.
 */
@ExtendWith(SharedCluster.class)
class OutboxCrashIT {

    private static final int KILLS = Integer.getInteger("phr.outbox.kills", 5);
    private static final long SEED = Long.getLong("phr.outbox.seed", System.nanoTime());
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Cluster cluster;

    OutboxCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void no_notice_is_lost_or_overtaken_when_the_gateway_is_killed_at_any_moment() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        System.out.printf("outbox: seed %d, %d kills%n", SEED, KILLS);
        try (Recipient recipient = new Recipient(random.split());
                Mortal mortal = cluster.mortal("mortal")) {
            Node node = mortal.node();
            String person = introduced(node, recipient);
            String patient = introduction(node, person);
            Restless restless = new Restless(node, this::hanako, person);
            Thread living = new Thread(restless);
            living.start();
            for (int kill = 0; kill < KILLS; kill++) {
                // every second life ends while it still catches up, the others with something new under way
                if (kill % 2 == 0) {
                    int before = restless.revoked().size();
                    eventually(() -> restless.revoked().size() > before);
                }
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                mortal.kill();
                mortal.comesBack();
            }
            restless.rests();
            living.join();
            recipient.calmsDown();
            Map<String, List<String>> told = whenAllIsAcknowledged(node);
            everythingAnsweredWasTold(restless, told);
            nothingWasOvertakenOrLost(recipient, told, patient);
            everySampleWasDelivered(node, person, recipient);
            theErasureSurvives(mortal, recipient, told.keySet().iterator().next());
        }
    }

    /** Kinds of notices by directive, as the person sees them. */
    private Map<String, List<String>> whenAllIsAcknowledged(Node node) throws Exception {
        Map<String, List<String>> told = new HashMap<>();
        eventually(() -> {
            told.clear();
            List<String> ids = JsonPath.from(get(node, "/consents")).getList("directive.id");
            Set<String> states = new TreeSet<>();
            for (String id : ids) {
                JsonPath notices = JsonPath.from(get(node, "/consents/" + id + "/notices"));
                told.put(id, notices.getList("kind"));
                states.addAll(notices.getList("state"));
            }
            return states.equals(Set.of("ACKNOWLEDGED"));
        });
        return told;
    }

    private static void everythingAnsweredWasTold(Restless restless, Map<String, List<String>> told) {
        for (String directive : restless.granted()) {
            assertTrue(told.getOrDefault(directive, List.of()).contains("GRANTED"));
        }
        for (String directive : restless.revoked()) {
            assertEquals(List.of("GRANTED", "REVOKED"), told.get(directive));
        }
    }

    private static void nothingWasOvertakenOrLost(Recipient recipient, Map<String, List<String>> told, String patient) {
        Map<Long, String> first = new HashMap<>();
        Map<String, List<String>> received = new HashMap<>();
        long last = 0;
        for (JsonPath notice : recipient.notices()) {
            long number = notice.getLong("number");
            assertTrue(number == last || number == last + 1, "in order, repeated at most at once");
            if (first.putIfAbsent(number, notice.getString("id")) == null) {
                received.computeIfAbsent(notice.getString("consent"), consent -> new ArrayList<>())
                        .add(notice.getString("kind"));
            }
            assertEquals(first.get(number), notice.getString("id"), "under the same id each time");
            last = number;
        }
        Map<String, List<String>> expected = new HashMap<>();
        told.forEach((directive, kinds) ->
                expected.put(Ids.v5(UUID.fromString(patient), directive).toString(), kinds));
        assertEquals(expected, received);
        System.out.printf(
                "outbox: %d notices, %d deliveries of them%n",
                first.size(), recipient.notices().size());
    }

    private void everySampleWasDelivered(Node node, String person, Recipient recipient) throws Exception {
        List<String> stored = JsonPath.from(get(node, "/fhir/Observation?_count=1000&patient=" + person))
                .getList("entry.resource.id");
        assertTrue(!stored.isEmpty());
        eventually(() -> recipient.observations().equals(new TreeSet<>(stored)));
        System.out.printf("outbox: %d samples delivered to the subscriber%n", stored.size());
    }

    private void theErasureSurvives(Mortal mortal, Recipient recipient, String directive) throws Exception {
        String notices = "/consents/" + directive + "/notices";
        mortal.node()
                .post(notices + "/$ask-erasure", hanako(), "application/json", "{}")
                .at("[0].id");
        mortal.kill();
        mortal.comesBack();
        eventually(() -> recipient.notices().stream()
                .anyMatch(notice -> notice.getString("kind").equals("ERASE_ASKED")));
        String asked = JsonPath.from(get(mortal.node(), notices)).getString("find { it.kind == 'ERASE_ASKED' }.id");
        mortal.node()
                .post("/notices/" + asked + "/$erased", suzuki(), "application/json", "{}")
                .at("erased");
        mortal.kill();
        mortal.comesBack();
        assertEquals(
                "ERASED",
                JsonPath.from(get(mortal.node(), notices)).getString("find { it.kind == 'ERASE_ASKED' }.state"));
    }

    private String introduced(Node node, Recipient recipient) {
        String operator = cluster.token("phr-operator-console", null, "operator");
        node.put("/organisations/midori-clinic", operator, """
                        {"name":"みどりクリニック","classes":["medical-institution"],"country":"JP","webhook":"%s",
                         "clients":[{"id":"midori-viewer","processor":true}]}""".formatted(recipient.address("/notices")))
                .at("name");
        String person = node.post("/people", hanako(), "application/json", "{}").at("id");
        node.post("/fhir/Subscription", hanako(), "application/fhir+json", """
                        {"resourceType":"Subscription","status":"requested","reason":"試験","criteria":"Observation?patient=%s",
                         "channel":{"type":"rest-hook","endpoint":"%s","payload":"application/fhir+json"}}""".formatted(
                                person, recipient.address("/fhir")))
                .at("id");
        return person;
    }

    private String introduction(Node node, String person) {
        return node.post(
                        "/people/" + person + "/introductions",
                        hanako(),
                        "application/json",
                        "{\"organisation\":\"midori-clinic\"}")
                .at("patient");
    }

    private String get(Node node, String path) {
        Node.Answer answer = node.get(path, hanako(), "PATRQT");
        assertEquals(200, answer.status());
        return answer.body();
    }

    private String hanako() {
        return cluster.token("phr-citizen", null, "hanako", "patient/*.cruds");
    }

    private String suzuki() {
        return cluster.token("midori-viewer", "midori-viewer-demo-secret", "dr-suzuki");
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in time");
            Thread.sleep(100);
        }
    }
}
