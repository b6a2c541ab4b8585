package phr.gateway.notices;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Condition;
import phr.consent.directive.DirectiveReader;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentChange;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.portability.sign.DetachedJws;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class NoticesTest {

    private static final String MIDORI_MAY_READ = Cast.SAKURA_MAY_READ.replace("sakura", "midori");
    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    DataSource database;

    @Inject
    ConsentLedger ledger;

    @Inject
    Courier courier;

    @Inject
    Couriers couriers;

    @Inject
    Outbox outbox;

    @Inject
    SignedPost post;

    private Receiver receiver;
    private String person = "";
    private String patient = "";

    @BeforeEach
    void midori_has_a_webhook_and_knows_her() throws IOException {
        Cast.organisations();
        person = Cast.register(citizen());
        patient = Cast.introduce(citizen(), person, "midori-clinic");
        receiver = new Receiver();
        webhook("\"" + receiver.address() + "\"").statusCode(200);
        Cast.revokeEverything(citizen());
        settle();
        receiver.deliveries().clear();
    }

    @AfterEach
    void and_loses_it() throws Exception {
        receiver.answers(call -> 204);
        settle();
        Cast.organisations();
        receiver.close();
    }

    @Test
    @DisplayName("P-22 a webhook carries nothing that a revocation would have to call back")
    void a_grant_a_change_and_a_revocation_arrive_in_order_signed_and_without_anything_clinical() throws Exception {
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        Http.as(citizen())
                .contentType("application/json")
                .header("If-Match", "\"1\"")
                .body(MIDORI_MAY_READ.replace("\"TREAT\"", "\"TREAT\",\"COC\""))
                .put("/consents/" + directive)
                .then()
                .statusCode(200);
        revoke(directive);
        eventually(() -> receiver.deliveries().size() == 3);
        assertEquals(List.of("GRANTED", "CHANGED", "REVOKED"), field("kind"));
        assertEquals(List.of(patient, patient, patient), field("patient"));
        for (Receiver.Delivery delivery : receiver.deliveries()) {
            DetachedJws signature = DetachedJws.parse(delivery.signature()).orElseThrow();
            ECKey key = JWKSet.parse(
                            Http.anonymous().get("/.well-known/jwks.json").asString())
                    .getKeyByKeyId(signature.kid())
                    .toECKey();
            assertTrue(signature.verifies(key, delivery.body()));
            byte[] tampered = new String(delivery.body(), StandardCharsets.UTF_8)
                    .replace(patient, UUID.randomUUID().toString())
                    .getBytes(StandardCharsets.UTF_8);
            assertFalse(signature.verifies(key, tampered));
            String text = new String(delivery.body(), StandardCharsets.UTF_8);
            assertFalse(text.contains(person));
            assertFalse(text.contains(directive));
            assertEquals(CanonicalJson.text(JSON.readTree(text)), text);
        }
        shown(directive)
                .body("kind", contains("GRANTED", "CHANGED", "REVOKED"))
                .body("state", everyItem(equalTo("ACKNOWLEDGED")))
                .body("organisationName", everyItem(equalTo("みどりクリニック")));
    }

    @Test
    void what_fails_is_tried_again_under_the_same_id_and_nothing_overtakes_it() throws Exception {
        receiver.answers(call -> call == 1 ? 500 : call == 2 ? 0 : call == 3 ? 302 : 204);
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        revoke(directive);
        eventually(() -> receiver.deliveries().size() == 5);
        List<String> ids = field("id");
        assertEquals(List.of(ids.get(0), ids.get(0), ids.get(0), ids.get(0), ids.get(4)), ids);
        assertEquals(List.of("GRANTED", "GRANTED", "GRANTED", "GRANTED", "REVOKED"), field("kind"));
    }

    @Test
    void what_was_committed_before_a_crash_is_sent_after_it_and_what_was_rolled_back_never() throws Exception {
        webhook("null").statusCode(200);
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        PersonId her = PersonId.parse(person);
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalStateException.class,
                () -> io.quarkus.narayana.jta.QuarkusTransaction.requiringNew().run(() -> {
                    ledger.grant(
                            her,
                            DirectiveReader.read(MIDORI_MAY_READ.getBytes(StandardCharsets.UTF_8)),
                            grantee -> "JP",
                            Act.onScreen("test"));
                    throw new IllegalStateException("crash before commit");
                }));
        assertEquals(0, receiver.deliveries().size());
        webhook("\"" + receiver.address() + "\"").statusCode(200);
        eventually(() -> receiver.deliveries().size() == 1);
        Thread.sleep(1500);
        assertEquals(List.of("GRANTED"), field("kind"));
        shown(directive).body("", hasSize(1));
    }

    @Test
    void a_crash_between_the_answer_and_the_note_of_it_repeats_the_notice_under_its_id() throws Exception {
        webhook("null").statusCode(200);
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        try (Connection dying = database.getConnection()) {
            dying.setAutoCommit(false);
            Notice notice = NoticeSql.head(dying, "midori-clinic").orElseThrow();
            assertEquals(204, post.send(notice, receiver.address()));
            NoticeSql.acknowledged(dying, notice.id(), java.time.Instant.parse("2026-01-01T00:00:00Z"));
            dying.rollback();
            dying.setAutoCommit(true);
        }
        webhook("\"" + receiver.address() + "\"").statusCode(200);
        eventually(() -> receiver.deliveries().size() == 2);
        assertEquals(field("id").get(0), field("id").get(1));
        shown(directive).body("", hasSize(1));
    }

    @Test
    void many_couriers_keep_the_order_and_deliver_each_notice_once() throws Exception {
        webhook("null").statusCode(200);
        for (int i = 0; i < 10; i++) {
            revoke(Cast.grant(citizen(), MIDORI_MAY_READ));
        }
        webhook("\"" + receiver.address() + "\"").statusCode(200);
        List<Thread> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread node = new Thread(() -> {
                for (int turn = 0; turn < 50; turn++) {
                    try {
                        courier.deliverOne();
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            node.start();
            nodes.add(node);
        }
        for (Thread node : nodes) {
            node.join();
        }
        eventually(() -> receiver.deliveries().size() == 20);
        List<Long> numbers = field("number").stream().map(Long::valueOf).toList();
        assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
    }

    @Test
    void a_promised_erasure_is_asked_for_and_confirmed() throws Exception {
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        io.quarkus.narayana.jta.QuarkusTransaction.requiringNew().run(() -> outbox.on(ended(directive)));
        couriers.wake();
        eventually(() -> receiver.deliveries().size() == 3);
        assertEquals(List.of("GRANTED", "REVOKED", "ERASE_ASKED"), field("kind"));
        String erase = field("id").get(2);
        Http.as(Tokens.drSato()).post("/notices/" + erase + "/$erased").then().statusCode(404);
        Http.as(Tokens.drSuzuki())
                .post("/notices/" + field("id").get(1) + "/$erased")
                .then()
                .statusCode(409);
        Http.as(Tokens.drSuzuki())
                .post("/notices/" + erase + "/$erased")
                .then()
                .statusCode(200)
                .body("erased", notNullValue());
        Http.as(Tokens.drSuzuki()).post("/notices/" + erase + "/$erased").then().statusCode(200);
        shown(directive).body("state", contains("ACKNOWLEDGED", "ACKNOWLEDGED", "ERASED"));
        Http.as(citizen())
                .get("/audit/" + person + "?_count=1")
                .then()
                .body("[0].interaction", equalTo("erasure confirmed"));
    }

    @Test
    void a_recipient_without_webhook_fetches_and_acknowledges() {
        webhook("null").statusCode(200);
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        shown(directive).body("[0].state", equalTo("WAITING"));
        List<Integer> numbers = Http.as(Tokens.drSuzuki())
                .get("/notices?_count=500")
                .then()
                .statusCode(200)
                .extract()
                .path("number");
        int last = numbers.get(numbers.size() - 1);
        String id = Http.as(Tokens.drSuzuki())
                .get("/notices?after=" + (last - 1))
                .then()
                .statusCode(200)
                .body("", hasSize(1))
                .body("[0].patient", equalTo(patient))
                .body("[0].kind", equalTo("GRANTED"))
                .extract()
                .path("[0].id");
        shown(directive).body("[0].state", equalTo("SENT"));
        Http.as(Tokens.drSato()).post("/notices/" + id + "/$acknowledge").then().statusCode(404);
        Http.as(Tokens.drSuzuki())
                .post("/notices/" + id + "/$acknowledge")
                .then()
                .statusCode(200);
        shown(directive).body("[0].state", equalTo("ACKNOWLEDGED"));
        Http.as(citizen()).get("/notices").then().statusCode(404);
        Http.as(Tokens.drSuzuki()).get("/notices?after=x").then().statusCode(400);
    }

    @Test
    @DisplayName("P-31 erasing is an act of its own")
    void an_erasure_can_be_asked_for_once_as_an_act_of_its_own() {
        String directive = Cast.grant(citizen(), MIDORI_MAY_READ);
        for (int i = 0; i < 2; i++) {
            Http.as(citizen())
                    .post("/consents/" + directive + "/notices/$ask-erasure")
                    .then()
                    .statusCode(200)
                    .body("kind", contains("GRANTED", "ERASE_ASKED"));
        }
        Http.as(Tokens.citizen("citizen-20"))
                .get("/consents/" + directive + "/notices")
                .then()
                .statusCode(404);
    }

    @Test
    void a_deny_is_nobodys_business() {
        String deny = Cast.grant(
                citizen(),
                "{\"effect\":\"DENY\",\"grantees\":[{\"kind\":\"ORGANISATION\",\"id\":\"Organization/midori-clinic\"}],"
                        + "\"emergency\":\"never\"}");
        shown(deny).body("", hasSize(0));
    }

    @Test
    void a_webhook_into_a_private_network_is_refused() {
        for (String bad : List.of(
                "http://example.org/hook",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://user:pw@example.org/",
                "https://2130706433/",
                "ftp://example.org/",
                "https://internal/")) {
            if (!bad.contains("[::1]")) {
                webhook("\"" + bad + "\"").statusCode(422).body("errors[0].pointer", equalTo("/webhook"));
            }
        }
    }

    @Test
    void what_a_notice_says_stands() throws Exception {
        Cast.grant(citizen(), MIDORI_MAY_READ);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String forgery : List.of(
                    "update recipient_notice set kind = 'REVOKED'",
                    "delete from recipient_notice",
                    "truncate recipient_notice")) {
                org.junit.jupiter.api.Assertions.assertThrows(
                        java.sql.SQLException.class, () -> statement.execute(forgery));
            }
        }
    }

    /** The end of a permit under which erasure was promised. */
    private ConsentChange ended(String directive) {
        Recorded recorded =
                ledger.find(PersonId.parse(person), UUID.fromString(directive)).orElseThrow();
        Condition promise = new Condition(
                Condition.Code.ERASE_BY, null, Set.of(), null, java.time.Instant.parse("2099-01-01T00:00:00Z"));
        return new ConsentChange(
                ConsentChange.Kind.REVOKED, recorded, recorded.directive().withConditions(promise));
    }

    private static String citizen() {
        return Tokens.citizen("citizen-19");
    }

    private io.restassured.response.ValidatableResponse webhook(String json) {
        return Http.as(Tokens.operator())
                .contentType("application/json")
                .body("""
                        {"name":"みどりクリニック","classes":["medical-institution"],"country":"JP",
                         "address":"東京都架空区1-2-3","representative":"代表 みどり","webhook":%s,
                         "clients":[{"id":"midori-viewer","processor":true}]}""".formatted(json))
                .put("/organisations/midori-clinic")
                .then();
    }

    private static void revoke(String directive) {
        Http.as(citizen()).post("/consents/" + directive + "/$revoke").then().statusCode(200);
    }

    private io.restassured.response.ValidatableResponse shown(String directive) {
        return Http.as(citizen())
                .get("/consents/" + directive + "/notices")
                .then()
                .statusCode(200);
    }

    private List<String> field(String name) {
        List<String> values = new ArrayList<>();
        for (Receiver.Delivery delivery : receiver.deliveries()) {
            try {
                JsonNode json = JSON.readTree(delivery.body());
                values.add(json.path(name).asText());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return values;
    }

    /** Nothing waits for midori any more. */
    private void settle() {
        eventually(() -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from recipient_notice where organisation ="
                            + " 'midori-clinic' and acknowledged_at is null")) {
                row.next();
                return row.getLong(1) == 0;
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void eventually(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "did not happen in time");
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
