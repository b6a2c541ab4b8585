package phr.gateway.erasure;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.PersonId;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.authorities.Operator;
import phr.gateway.authorities.Relative;

/** A person leaves and nothing of her stays (regulation.md REQ-DEL-1); what others try; what happens at the same time. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ErasureTest {

    private static final int MORE_THAN_SOCKETS_HOLD = 25_000;

    @Inject
    SweepJob job;

    @Inject
    Erasures erasures;

    @Inject
    ErasureRequests requests;

    @Inject
    Rows rows;

    @BeforeEach
    void organisations() {
        Cast.organisations();
    }

    @AfterEach
    void theTimeIsAsItWas() {
        MovableClock.back();
    }

    @Test
    void sheLeavesAndNothingStaysButWhatTheLawDemands() throws SQLException {
        Leaver leaver = Leaver.withARecord("citizen-54");
        String patient = Cast.introduce(leaver.token(), leaver.id(), "sakura-clinic");
        Cast.grant(leaver.token(), Cast.SAKURA_MAY_READ);
        sakura(patient).statusCode(200);
        String token = leaver.asksForErasure()
                .statusCode(201)
                .body("report", startsWith("/erasures/"))
                .body("take", hasItem("/transfer/" + leaver.id() + "/export"))
                .body("recipients.organisation", hasItem("sakura-clinic"))
                .body("keeps.reason", hasItems("CONSENT", "PROVISION"))
                .extract()
                .path("token");
        String promised = "/erasures/" + ErasureRequests.report(token);
        leaver.asks().get("/people/me").then().statusCode(200);
        leaver.asks().post("/transfer/{person}/export", leaver.id()).then().statusCode(200);
        ExtractableResponse<Response> report = leaver.erases(token)
                .statusCode(200)
                .header("Phr-Signature", notNullValue())
                .body("key", equalTo("DESTROYED"))
                .body("state", equalTo("ROWS_ERASED"))
                .body(
                        "tables.table",
                        hasItems(
                                "document",
                                "original_chunk",
                                "held_upload",
                                "ingest_job",
                                "ingest_piece",
                                "source_order",
                                "person_key"))
                .body("recipients.find { it.organisation == 'sakura-clinic' }.asked", equalTo(true))
                .extract();
        assertEquals(Map.of(), rows.of(leaver.id()), "rows that are left");
        assertEquals(
                1, rows.count("select count(*) from person where id = ? and octet_length(account) = 0", leaver.id()));
        assertTrue(
                rows.count("select count(*) from audit_entry where person = ?", leaver.id()) > 0, "the ledger stays");
        isGone(leaver, token, patient);
        recipientsErase(patient);
        assertTrue(report.header("Location").endsWith(promised), "known before the second step");
        isSweptLater(report.header("Location"));
        comesBackAsSomebodyElse(leaver);
    }

    private static ValidatableResponse sakura(String patient) {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then();
    }

    @Test
    void nothingInMemoryAnswersForHerOnceTheKeyIsGone() throws SQLException {
        Leaver leaver = Leaver.withARecord("citizen-60");
        String patient = Cast.introduce(leaver.token(), leaver.id(), "sakura-clinic");
        Cast.grant(leaver.token(), Cast.SAKURA_MAY_READ);
        String observation = sakura(patient).statusCode(200).extract().path("entry[0].resource.id");
        byId(observation).statusCode(200);
        PersonId person = new PersonId(UUID.fromString(leaver.id()));
        String token = requests.ask(person, Erasure.Ground.OWN, "herself", null).token();
        assertTrue(erasures.erase(person, token, request -> true).isPresent());
        assertTrue(
                rows.count("select count(*) from sample_chunk where person_id = ?", leaver.id()) > 0, "rows are there");
        sakura(patient)
                .statusCode(sakura(UUID.randomUUID().toString()).extract().statusCode());
        byId(observation).statusCode(404);
        leaver.asks()
                .queryParam("patient", leaver.id())
                .get("/fhir/Observation")
                .then()
                .statusCode(404);
        leaver.asks().get("/fhir/Observation/{id}", observation).then().statusCode(404);
        job.run();
        assertEquals(Map.of(), rows.of(leaver.id()));
    }

    private static ValidatableResponse byId(String observation) {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT")
                .get("/fhir/Observation/{id}", observation)
                .then();
    }

    private static void isGone(Leaver leaver, String token, String patient) {
        leaver.asks().get("/people/me").then().statusCode(404);
        leaver.asks()
                .queryParam("patient", leaver.id())
                .get("/fhir/Observation")
                .then()
                .statusCode(404);
        leaver.asks().get("/transfer/{person}/inventory", leaver.id()).then().statusCode(404);
        leaver.asks().get("/audit/{person}", leaver.id()).then().statusCode(404);
        assertEquals(404, leaver.uploads("{}".getBytes(StandardCharsets.UTF_8)));
        leaver.erases(token).statusCode(404);
        int unknown = sakura(UUID.randomUUID().toString()).extract().statusCode();
        sakura(patient).statusCode(unknown);
        Http.as(Tokens.operator())
                .get("/people/{person}/key-rotation", leaver.id())
                .then()
                .statusCode(404);
    }

    private static void recipientsErase(String patient) {
        String mine = "find { it.patient == '" + patient + "' && it.kind == 'ERASE_ASKED' }";
        String notice = Http.as(Tokens.drSato("user/*.rs"))
                .queryParam("_count", 500)
                .get("/notices")
                .then()
                .statusCode(200)
                .body(mine + ".consent", nullValue())
                .body(mine + ".eraseBy", notNullValue())
                .extract()
                .path(mine + ".id");
        Http.as(Tokens.drSato("user/*.rs"))
                .post("/notices/{id}/$erased", notice)
                .then()
                .statusCode(200)
                .body("erased", notNullValue());
    }

    private void isSweptLater(String location) {
        String id = location.substring(location.lastIndexOf('/') + 1);
        MovableClock.ahead(Duration.ofMinutes(30));
        job.run();
        MovableClock.back();
        Http.as(Tokens.taro("patient/*.cruds"))
                .get("/erasures/{id}", id)
                .then()
                .statusCode(200)
                .body("state", equalTo("COMPLETE"));
        Http.anonymous().get("/erasures/{id}", id).then().statusCode(401);
        Http.as(Tokens.operator())
                .get("/erasures/{id}", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    private static void comesBackAsSomebodyElse(Leaver leaver) {
        String again = Cast.register(leaver.token());
        assertNotEquals(leaver.id(), again);
        leaver.asks()
                .queryParam("patient", again)
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("entry", nullValue());
    }

    @Test
    void nobodyElseErasesHerAndNoTokenIsWorthMoreThanItsStep() {
        Leaver leaver = Leaver.withARecord("citizen-55");
        Leaver other = Leaver.withARecord("citizen-56");
        String older = leaver.erasureToken();
        String token = leaver.erasureToken();
        leaver.erases(older).statusCode(409);
        leaver.erases("x".repeat(32)).statusCode(409);
        leaver.erases("").statusCode(422);
        leaver.erases(other.erasureToken()).statusCode(409);
        for (String login : List.of(other.token(), Tokens.drSato("user/*.rs"), Tokens.taro("patient/*.cruds"))) {
            Leaver.erases(login, leaver.id(), token).statusCode(404);
            Http.as(login)
                    .contentType("application/json")
                    .body("{}")
                    .post("/people/{person}/erasure-request", leaver.id())
                    .then()
                    .statusCode(404);
        }
        Leaver.erases(Tokens.operator(), leaver.id(), token).statusCode(409);
        MovableClock.ahead(Duration.ofMinutes(16));
        leaver.erases(token).statusCode(409);
        MovableClock.back();
        leaver.asks().get("/people/me").then().statusCode(200);
    }

    @Test
    void twoOperatorsEraseOnEvidenceAndAGuardianNever() {
        Relative mother = Relative.named("citizen-57");
        Relative.Child child = mother.registersChild("2020-04-02");
        Operator.verifies(child.authority()).statusCode(200);
        mother.readsPatient(child.id()).statusCode(200);
        mother.asks()
                .contentType("application/json")
                .body("{}")
                .post("/people/{person}/erasure-request", child.id())
                .then()
                .statusCode(404);
        asks(child.id(), Map.of("ground", "REQUEST")).statusCode(422);
        asks(child.id(), Map.of("ground", "OWN", "evidence", Operator.EVIDENCE)).statusCode(422);
        asks(child.id(), Map.of("ground", "AFTER_DEATH", "evidence", Operator.EVIDENCE))
                .statusCode(409);
        String token = asks(child.id(), Map.of("ground", "REQUEST", "evidence", Operator.EVIDENCE))
                .statusCode(201)
                .extract()
                .path("token");
        Leaver.erases(Tokens.operator(), child.id(), token).statusCode(409);
        Leaver.erases(mother.token(), child.id(), token).statusCode(404);
        mother.readsPatient(child.id()).statusCode(200);
        Leaver.erases(Tokens.secondOperator(), child.id(), token)
                .statusCode(200)
                .body("ground", equalTo("REQUEST"));
        mother.readsPatient(child.id()).statusCode(404);
        mother.uploads(child.id(), "{}".getBytes(StandardCharsets.UTF_8)).statusCode(404);
        mother.asks().get("/audit/{person}", child.id()).then().statusCode(404);
        Leaver.erases(Tokens.secondOperator(), child.id(), token).statusCode(404);
    }

    private static ValidatableResponse asks(String person, Map<String, ?> body) {
        return Operator.asks()
                .body(body)
                .post("/people/{person}/erasure-request", person)
                .then();
    }

    @Test
    void anErasureThatIsCutOffHasDestroyedTheKeyAndGoesOn() throws SQLException {
        Relative mother = Relative.named("citizen-57");
        String child = mother.registersChild("2021-04-02").id();
        PersonId person = new PersonId(UUID.fromString(child));
        String token = requests.ask(person, Erasure.Ground.OWN, "herself", null).token();
        Erasure erasure = erasures.erase(person, token, request -> true).orElseThrow();
        assertEquals(Erasure.State.KEY_DESTROYED, erasure.state());
        assertEquals(0, rows.count("select count(*) from person_key where person_id = ?", child));
        assertTrue(rows.count("select count(*) from document where person_id = ?", child) > 0, "rows are still there");
        job.run();
        assertEquals(Map.of(), rows.of(child));
        job.run();
        Erasure done = erasures.find(erasure.id()).orElseThrow();
        assertEquals(Erasure.State.ROWS_ERASED, done.state());
        assertEquals(1L, done.counts().get("document"), "the Patient, counted once");
    }

    @Test
    void ofTwoErasuresAtOnceOneHappensAndUploadsAtThatMomentLeaveNothing() throws SQLException {
        Leaver leaver = Leaver.withARecord("citizen-58");
        String token = leaver.erasureToken();
        List<Integer> answers = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> i % 3 == 2
                        ? leaver.uploads(Lifelogs.heartRateNdjson(
                                OffsetDateTime.parse("2026-03-0" + (i + 1) + "T00:00:00+09:00"), 30))
                        : leaver.erases(token).extract().statusCode())
                .toList();
        assertTrue(answers.stream().allMatch(status -> status < 500), "clean answers: " + answers);
        long erased =
                IntStream.of(0, 1, 3, 4).filter(i -> answers.get(i) == 200).count();
        assertEquals(1, erased, "one of " + answers);
        MovableClock.ahead(Duration.ofMinutes(30));
        job.run();
        MovableClock.back();
        assertEquals(Map.of(), rows.of(leaver.id()));
    }

    @Test
    void anAnswerThatRunsWhileSheIsErasedBreaksOff() throws Exception {
        Leaver leaver = Leaver.withARecord("citizen-59");
        leaver.uploadsInParts(
                Lifelogs.heartRateNdjson(OffsetDateTime.parse("2025-01-01T00:00:00+09:00"), MORE_THAN_SOCKETS_HOLD));
        HttpRequest everything = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port
                        + "/fhir/Patient/" + leaver.id() + "/$everything?_dense=each"))
                .header("Authorization", "Bearer " + leaver.token())
                .header("Purpose-Of-Use", "PATRQT")
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(everything, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        try (InputStream body = answer.body()) {
            assertEquals(10_000, body.readNBytes(10_000).length);
            leaver.erases(leaver.erasureToken()).statusCode(200);
            assertThrows(IOException.class, () -> body.transferTo(OutputStream.nullOutputStream()));
        }
        assertEquals(Map.of(), rows.of(leaver.id()));
    }

    @Test
    void everyTableIsErasedOrKeptForAReasonOrAboutNobody() throws SQLException {
        TreeSet<String> named = new TreeSet<>(ErasedTables.ABOUT_NOBODY);
        named.addAll(ErasedTables.WITH_ANOTHER);
        ErasedTables.ERASED.forEach(table -> named.add(table.table()));
        ErasedTables.KEPT.values().forEach(named::addAll);
        assertEquals(named, rows.tables(), "what becomes of a table when a person is erased");
        assertEquals(ErasedTables.Reason.values().length, ErasedTables.KEPT.size());
    }

    @Test
    void theTombstoneStays() {
        assertTrue(
                rows.refuses(
                        "insert into erasure (person_id, id, ground, erased, recipients, counts) values (gen_random_uuid(),"
                                + " gen_random_uuid(), 'OWN', now(), '[]', '{}'); delete from erasure"),
                "whoever was erased stays erased");
    }
}
