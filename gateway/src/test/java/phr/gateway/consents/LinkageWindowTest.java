package phr.gateway.consents;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** A linkage is consented for ninety days; then nothing more comes in, and what came stays (REQ-CNS-5, MYNA-R7). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class LinkageWindowTest {

    private static final String SHE = "citizen-51";
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final String LINKAGE = "aruku";

    /** Each test begins after the one before has ended, as time does. */
    private static final AtomicInteger TESTS = new AtomicInteger();

    private LocalDate today = LocalDate.EPOCH;
    private String person = "";
    private String known = "";

    @BeforeEach
    void the_vendor_is_a_linkage() {
        Instant now = Clock.systemUTC().instant().plus(Duration.ofDays(TESTS.incrementAndGet() * 200L));
        MovableClock.set(now);
        today = LocalDate.ofInstant(now, TOKYO);
        Cast.organisations();
        linkage(true);
        person = Cast.register(Tokens.citizen(SHE));
        known = Cast.introduce(Tokens.citizen(SHE), person, LINKAGE);
        Cast.revokeEverything(Tokens.citizen(SHE));
    }

    @AfterEach
    void everything_is_as_it_was() {
        MovableClock.back();
        linkage(false);
    }

    private static void linkage(boolean on) {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body("{\"name\":\"あるく\",\"classes\":[\"wellness\"],\"country\":\"JP\",\"linkage\":" + on
                        + ",\"clients\":[{\"id\":\"aruku-backend\",\"processor\":false}]}")
                .put("/organisations/{id}", LINKAGE)
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    @Test
    void what_comes_in_ends_with_the_window_and_goes_on_when_she_renews_it() {
        String id = grants(permit(today, today.plusDays(89)))
                .statusCode(201)
                .extract()
                .path("directive.id");
        String mark = "window-" + UUID.randomUUID();
        brings(mark).statusCode(201);
        told().body("findAll { it.about == '" + id + "' }", hasSize(0));

        Instant end = today.plusDays(90).atStartOfDay(TOKYO).toInstant();
        MovableClock.set(end.minus(Duration.ofDays(3)));
        told().body("findAll { it.about == '" + id + "' }.kind", hasItem("LINKAGE_ENDS_SOON"))
                .body("findAll { it.about == '" + id + "' }.dueAt", hasItem(end.toString()));
        brings("window-" + UUID.randomUUID()).statusCode(201);

        MovableClock.set(end.plusSeconds(1));
        brings("window-" + UUID.randomUUID()).statusCode(403).body(containsString("consent"));
        reads().statusCode(200).body("entry", hasSize(greaterThan(0)));

        LocalDate then = today.plusDays(90);
        renews(id, then.plusDays(90)).statusCode(422).body("errors[0].pointer", equalTo("/validity/end"));
        renews(id, then.plusDays(89)).statusCode(200);
        brings("window-" + UUID.randomUUID()).statusCode(201);
    }

    @Test
    void renewed_before_the_end_the_days_count_from_the_renewal() {
        String id = grants(permit(today, today.plusDays(29)))
                .statusCode(201)
                .extract()
                .path("directive.id");
        renews(id, today.plusDays(90)).statusCode(422);
        renews(id, today.plusDays(89)).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'ORGANISATION','id':'Organization/aruku'}",
                "{'kind':'ORGANISATION','id':'aruku'}",
                "{'kind':'APP','id':'aruku-backend'}",
                "{'kind':'CLASS','id':'wellness'}",
                "{'kind':'ROLE','id':'nurse','organisation':'Organization/aruku'}",
            })
    void no_way_of_naming_it_lasts_longer(String grantee) {
        String named = grantee.replace('\'', '"');
        String longer = permit(today, today.plusDays(90)).replaceFirst("\\{\"kind\"[^}]*}", named);
        grants(longer).statusCode(422).body("errors[0].pointer", equalTo("/validity/end"));
        grants(longer.replaceFirst("\"validity\":[^}]*},", "")).statusCode(422);
        grants(longer.replace("contribute", "read")).statusCode(201);
    }

    private static String permit(LocalDate start, LocalDate end) {
        return """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/aruku"}],"purposes":["TREAT"],
                 "actions":["contribute"],"countries":["JP"],"selectors":[{"category":["lifelog-vitals"]}],
                 "validity":{"start":"%s","end":"%s"},"labels":{"max":"N","sensitivities":[]}}""".formatted(start, end);
    }

    private static RequestSpecification she() {
        return Http.as(Tokens.citizen(SHE, "patient/*.cruds"), "PATRQT").contentType("application/json");
    }

    private static ValidatableResponse grants(String directive) {
        return she().body(directive).post("/consents").then();
    }

    private static ValidatableResponse renews(String id, LocalDate end) {
        return she().body("{\"validity\":{\"end\":\"" + end + "\"}}")
                .post("/consents/{id}/$renew", id)
                .then();
    }

    private static ValidatableResponse told() {
        return she().get("/people/me/notices").then().statusCode(200);
    }

    private ValidatableResponse reads() {
        return she().queryParam("patient", person).get("/fhir/Observation").then();
    }

    private ValidatableResponse brings(String id) {
        String sample = Lifelogs.heartRate(id, OffsetDateTime.parse("2026-02-02T07:00:00+09:00"), 61);
        return Http.as(Tokens.aruku("system/Observation.c"), "TREAT")
                .contentType("application/octet-stream")
                .body(sample.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}", known)
                .then();
    }
}
