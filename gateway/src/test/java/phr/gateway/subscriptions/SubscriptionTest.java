package phr.gateway.subscriptions;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.portability.sign.DetachedJws;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class SubscriptionTest {

    private static final String MAY_BE_TOLD = Cast.SAKURA_MAY_READ.replace("[\"read\"]", "[\"read\",\"subscribe\"]");
    private static final String FHIR = "application/fhir+json";

    @Inject
    DataSource database;

    private Subscriber subscriber;
    private String token = "";
    private String person = "";
    private String patient = "";

    /** Every test has times of its own, so that what it sends is new. */
    private static int day;

    @BeforeEach
    void sakura_knows_her() throws IOException {
        token = Tokens.citizen("citizen-41", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        patient = Cast.introduce(token, person, "sakura-clinic");
        Cast.revokeEverything(token);
        subscriber = new Subscriber();
        day++;
    }

    @AfterEach
    void and_nobody_waits_any_more() {
        for (RequestSpecification who : List.of(clinic(), own())) {
            List<String> ids = who.get("/fhir/Subscription").then().extract().path("entry.resource.id");
            for (String id : ids == null ? List.<String>of() : ids) {
                clinic().delete("/fhir/Subscription/" + id);
                own().delete("/fhir/Subscription/" + id);
            }
        }
        subscriber.close();
    }

    @Test
    @DisplayName("P-22 a subscription after revocation: decided at each delivery, silent at once, and not made up for")
    void a_revocation_silences_a_subscription_and_a_new_grant_lets_it_speak_again() throws Exception {
        String directive = Cast.grant(token, MAY_BE_TOLD);
        String id = subscribes(payload(criteria())).statusCode(201).extract().path("id");
        sends(heartRate(1));
        eventually(() -> subscriber.calls().size() == 1);
        Subscriber.Call call = subscriber.calls().get(0);
        String stored = JsonPath.from(call.body()).getString("id");
        assertEquals("PUT", call.method());
        assertEquals("/fhir/Observation/" + stored, call.path());
        assertEquals("Patient/" + patient, JsonPath.from(call.body()).getString("subject.reference"));
        assertFalse(call.body().contains(person));
        assertEquals("may-be-incomplete", call.notice());
        assertSigned(call);
        assertEquals(
                clinic().get("/fhir/Observation/" + stored).then().extract().asString(), call.body());

        revoke(directive);
        long denials = denials();
        sends(heartRate(2));
        sends(heartRate(3));
        eventually(() -> waiting(id) == 0);
        assertEquals(1, subscriber.calls().size());
        assertEquals(denials + 1, denials());
        clinic().get("/fhir/Subscription/" + id).then().body("status", equalTo("active"));

        Cast.grant(token, MAY_BE_TOLD);
        sends(heartRate(4));
        eventually(() -> subscriber.calls().size() == 2);
        assertEquals(64, JsonPath.from(subscriber.calls().get(1).body()).getInt("valueQuantity.value"));
    }

    @Test
    void what_is_delivered_stands_in_the_access_log_and_what_does_not_match_in_neither() throws Exception {
        Cast.grant(token, MAY_BE_TOLD);
        String id = subscribes(payload(criteria())).statusCode(201).extract().path("id");
        long entries = log("findAll { it.interaction == 'notify Observation' }").size();
        sends(steps(1));
        eventually(() -> waiting(id) == 0);
        assertEquals(
                entries,
                log("findAll { it.interaction == 'notify Observation' }").size());
        assertEquals(List.of(), subscriber.calls());
        sends(heartRate(1));
        eventually(() -> subscriber.calls().size() == 1);
        eventually(() -> waiting(id) == 0);
        own().get("/audit/" + person + "?_count=1")
                .then()
                .body("[0].interaction", equalTo("notify Observation"))
                .body("[0].organisation", equalTo("sakura-clinic"))
                .body("[0].purposes", equalTo(List.of("TREAT")));
        String ledger = own().get("/ledgers/" + person + "/provisions").asString();
        assertTrue(ledger.contains("notify Observation"));
    }

    @Test
    void what_is_stored_together_comes_in_batches_of_which_none_is_lost() throws Exception {
        Cast.grant(token, MAY_BE_TOLD);
        String id = subscribes(payload(criteria())).statusCode(201).extract().path("id");
        sends(Lifelogs.heartRateNdjson(at(0), 450));
        eventually(() -> waiting(id) == 0);
        Set<String> delivered = new TreeSet<>();
        for (Subscriber.Call call : subscriber.calls()) {
            JsonPath bundle = JsonPath.from(call.body());
            assertEquals("POST /fhir", call.method() + " " + call.path());
            assertEquals("batch", bundle.getString("type"));
            assertEquals("may-be-incomplete", bundle.getString("meta.tag[0].code"));
            assertTrue(bundle.getList("entry").size() <= 200);
            assertEquals(
                    "Observation/" + bundle.getString("entry[0].resource.id"),
                    bundle.getString("entry[0].request.url"));
            assertFalse(call.body().contains(person));
            delivered.addAll(bundle.getList("entry.resource.id", String.class));
        }
        assertEquals(450, delivered.size());
    }

    @Test
    void a_hidden_category_is_not_delivered_and_a_promise_travels_with_what_is() throws Exception {
        Cast.grant(
                token,
                MAY_BE_TOLD.replace(
                        "\"selectors\":\"ALL\"",
                        "\"selectors\":[{\"category\":[\"lifelog-vitals\"]}],\"conditions\":[{\"code\":\"NO_ONWARD\"}]"));
        String id = subscribes(payload("Observation?patient=" + patient))
                .statusCode(201)
                .extract()
                .path("id");
        sends(steps(1));
        eventually(() -> waiting(id) == 0);
        assertEquals(List.of(), subscriber.calls());
        sends(heartRate(1));
        eventually(() -> subscriber.calls().size() == 1);
        assertTrue(JsonPath.from(subscriber.calls().get(0).body())
                .getList("meta.security.code", String.class)
                .contains("NORDSCLCD"));
    }

    @Test
    void without_payload_one_empty_post_tells_of_everything_that_waits() throws Exception {
        Cast.grant(token, MAY_BE_TOLD);
        String id = subscribes("""
                {"resourceType":"Subscription","status":"requested","reason":"試験","criteria":"%s",
                 "channel":{"type":"rest-hook","endpoint":"%s","header":["Authorization: Bearer of-the-clinic"]}}""".formatted(criteria(), subscriber.address()))
                .statusCode(201)
                .extract()
                .path("id");
        sends(Lifelogs.heartRateNdjson(at(0), 300));
        eventually(() -> waiting(id) == 0);
        assertTrue(subscriber.calls().size() < 4);
        Subscriber.Call call = subscriber.calls().get(0);
        assertEquals("POST /fhir", call.method() + " " + call.path());
        assertEquals("", call.body());
        assertEquals("Bearer of-the-clinic", call.authorization());
        assertSigned(call);
    }

    @Test
    void an_endpoint_that_is_down_gets_everything_in_order_when_it_is_back() throws Exception {
        Cast.grant(token, MAY_BE_TOLD);
        String id = subscribes(payload(criteria())).statusCode(201).extract().path("id");
        subscriber.answers(503);
        sends(heartRate(1));
        eventually(() -> subscriber.calls().size() > 0);
        eventually(() -> "error".equals(status(id)));
        sends(heartRate(2));
        subscriber.answers(200);
        eventually(() -> waiting(id) == 0);
        String last = subscriber.calls().get(subscriber.calls().size() - 1).body();
        assertTrue(last.indexOf("\"value\":61") >= 0);
        assertTrue(last.indexOf("\"value\":62") > last.indexOf("\"value\":61"));
        eventually(() -> "active".equals(status(id)));
    }

    @Test
    void it_is_switched_off_and_on_and_deleted_by_its_owner_only() throws Exception {
        Cast.grant(token, MAY_BE_TOLD);
        String body = payload(criteria());
        ValidatableResponse created = subscribes(body).statusCode(201);
        String id = created.extract().path("id");
        created.header("Location", equalTo(Stack.BASE + "/Subscription/" + id))
                .header("ETag", "W/\"1\"")
                .body("status", equalTo("active"))
                .body("criteria", equalTo(criteria()));
        for (RequestSpecification other : List.of(Http.as(Tokens.drSuzuki("user/*.rs"), "TREAT"), own())) {
            other.get("/fhir/Subscription/" + id).then().statusCode(404);
            other.get("/fhir/Subscription").then().body("total", equalTo(0));
            other.delete("/fhir/Subscription/" + id).then().statusCode(404);
        }
        String off = body.replace("{\"resourceType\"", "{\"id\":\"" + id + "\",\"resourceType\"");
        revokeAll();
        clinic().contentType(FHIR)
                .body(off.replace("requested", "off"))
                .put("/fhir/Subscription/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("off"))
                .body("meta.versionId", equalTo("2"));
        clinic().contentType(FHIR)
                .body(off)
                .put("/fhir/Subscription/" + id)
                .then()
                .statusCode(403);
        Cast.grant(token, MAY_BE_TOLD);
        sends(heartRate(1));
        assertEquals(0, waiting(id));
        clinic().get("/fhir/Subscription?status=off").then().body("entry.resource.id", equalTo(List.of(id)));
        clinic().get("/fhir/Subscription?url=x").then().statusCode(400);
        clinic().contentType(FHIR)
                .body(off)
                .put("/fhir/Subscription/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("active"));
        sends(heartRate(2));
        eventually(() -> subscriber.calls().size() == 1);
        clinic().delete("/fhir/Subscription/" + id).then().statusCode(204);
        clinic().get("/fhir/Subscription/" + id).then().statusCode(404);
    }

    @Test
    void the_person_herself_subscribes_to_her_own_record() throws Exception {
        own().contentType(FHIR)
                .body(payload("Observation?patient=Patient/" + person))
                .post("/fhir/Subscription")
                .then()
                .statusCode(201);
        sends(heartRate(1));
        eventually(() -> subscriber.calls().size() == 1);
        assertTrue(subscriber.calls().get(0).body().contains("Patient/" + person));
        assertNull(subscriber.calls().get(0).notice());
    }

    @Test
    void who_may_not_search_gets_the_same_answer_when_she_subscribes() {
        String stranger = "Observation?patient=" + UUID.randomUUID();
        subscribes(payload(stranger)).statusCode(404).body(equalTo(searched(stranger, 404)));
        String hers = "Observation?patient=" + person;
        subscribes(payload(hers)).statusCode(404).body(equalTo(searched(hers, 404)));
        String unpermitted = "Observation?patient=" + patient;
        subscribes(payload(unpermitted)).statusCode(403).body(equalTo(searched(unpermitted, 403)));
        Cast.grant(token, Cast.SAKURA_MAY_READ);
        clinic().get("/fhir/" + unpermitted).then().statusCode(200);
        subscribes(payload(unpermitted)).statusCode(403);
        Http.as(Tokens.drSato("user/*.rs"))
                .contentType(FHIR)
                .body(payload(unpermitted))
                .post("/fhir/Subscription")
                .then()
                .statusCode(400);
        clinic().get("/fhir/Subscription").then().body("total", equalTo(0));
    }

    @Test
    void addresses_headers_and_criteria_that_are_no_good_are_refused_with_their_place() {
        Cast.grant(token, MAY_BE_TOLD);
        String good = payload(criteria());
        for (String address : List.of(
                "https://10.0.0.1/fhir",
                "https://169.254.169.254/latest",
                "http://example.org/fhir",
                "https://user:pw@example.org/",
                "https://2130706433/",
                "https://internal/",
                "https://example.org/" + "x".repeat(400))) {
            refused(good.replace(subscriber.address(), address), "Subscription.channel.endpoint");
        }
        for (String header : List.of(
                "Host: internal",
                "Content-Length: 0",
                "X-A: b\\r\\nHost: internal",
                "Phr-Signature: forged",
                "X-A",
                "X-Forwarded-For: 127.0.0.1",
                "Authorization: ü")) {
            refused(
                    good.replace("\"payload\"", "\"header\":[\"" + header + "\"],\"payload\""),
                    "Subscription.channel.header[0]");
        }
        for (String criteria : List.of(
                "Observation",
                "Patient?_id=" + patient,
                "Observation?code=8867-4",
                "Observation?patient=" + patient + "&unknown=1",
                "Observation?patient=" + patient + "&code:text=x",
                "Observation?patient=" + patient + "&_count=1",
                "Observation?patient=" + patient + "&_include=Observation:subject",
                "Observation?patient=" + patient + "&patient=" + UUID.randomUUID(),
                "Observation?patient=" + patient + "&subject=" + patient,
                "Observation?patient=" + patient + "&code=%zz")) {
            refused(payload(criteria), "Subscription.criteria");
        }
        refused(good.replace("rest-hook", "websocket"), "Subscription.channel.type");
        refused(good.replace("application/fhir+json", "application/fhir+xml"), "Subscription.channel.payload");
        refused(good.replace("requested", "error"), "Subscription.status");
        refused(good.replace("\"reason\":\"試験\",", ""), "Subscription.reason");
        refused(good.replace("\"reason\"", "\"end\":\"2000-01-01T00:00:00Z\",\"reason\""), "Subscription.end");
        refused(good.replace("\"reason\"", "\"text\":{},\"reason\""), "Subscription");
        clinic().get("/fhir/Subscription").then().body("total", equalTo(0));
    }

    private void refused(String body, String expression) {
        String answer = subscribes(body)
                .statusCode(422)
                .body("issue.expression.flatten()", hasItem(equalTo(expression)))
                .extract()
                .asString();
        assertFalse(answer.contains(patient));
    }

    private String searched(String criteria, int status) {
        return clinic().get("/fhir/" + criteria)
                .then()
                .statusCode(status)
                .extract()
                .asString();
    }

    private ValidatableResponse subscribes(String body) {
        return clinic().contentType(FHIR).body(body).post("/fhir/Subscription").then();
    }

    private String criteria() {
        return "Observation?patient=Patient/" + patient + "&category=vital-signs&code=http://loinc.org|8867-4";
    }

    private String payload(String criteria) {
        return "{\"resourceType\":\"Subscription\",\"status\":\"requested\",\"reason\":\"試験\",\"criteria\":\""
                + criteria
                + "\",\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"" + subscriber.address()
                + "\",\"payload\":\"application/fhir+json\"}}";
    }

    private RequestSpecification clinic() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private void sends(byte[] file) {
        own().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}/fhir", person)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private static byte[] heartRate(int minute) {
        return Lifelogs.heartRate("hr-" + day + "-" + minute, at(minute), 60 + minute)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] steps(int hour) {
        return """
                {"resourceType":"Observation","id":"steps-%1$d-%2$d","status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"41950-7"}]},"effectivePeriod":{"start":"%3$s","end":"%4$s"},
                 "valueQuantity":{"value":5000,"unit":"steps/d","system":"http://unitsofmeasure.org","code":"{steps}/d"}}""".formatted(
                        day,
                        hour,
                        "2026-04-%02dT00:00:00+09:00".formatted(day),
                        "2026-04-%02dT23:59:59+09:00".formatted(day))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static OffsetDateTime at(int minute) {
        return OffsetDateTime.parse("2026-02-01T07:00:00+09:00").plusDays(day).plusMinutes(minute);
    }

    private void revoke(String directive) {
        Http.as(token).post("/consents/" + directive + "/$revoke").then().statusCode(200);
    }

    private void revokeAll() {
        Cast.revokeEverything(token);
    }

    private String status(String id) {
        return clinic().get("/fhir/Subscription/" + id).then().extract().path("status");
    }

    private List<Map<String, Object>> log(String filter) {
        return own().get("/audit/" + person + "?_count=100").then().extract().path(filter);
    }

    private long denials() {
        return log("findAll { it.outcome == 'DENY' && it.interaction == 'notify Observation' }")
                .size();
    }

    private long waiting(String subscription) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from subscription_delivery where subscription = '"
                                + UUID.fromString(subscription) + "'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSigned(Subscriber.Call call) throws Exception {
        DetachedJws signature = DetachedJws.parse(call.signature()).orElseThrow();
        ECKey key = JWKSet.parse(Http.anonymous().get("/.well-known/jwks.json").asString())
                .getKeyByKeyId(signature.kid())
                .toECKey();
        assertTrue(signature.verifies(key, call.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in time");
            Thread.sleep(20);
        }
    }
}
