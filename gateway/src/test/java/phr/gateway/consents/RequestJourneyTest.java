package phr.gateway.consents;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.MovableClock;
import phr.gateway.Stack;

/** From the refused call to the answered question, and what becomes of it. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class RequestJourneyTest {

    @AfterEach
    void the_time_is_now_again() {
        MovableClock.back();
    }

    @Test
    void refused_asked_approved_narrower_read_renewed_stopped_refused() {
        Asked citizen = Asked.citizen("citizen-09");
        citizen.refusesEverything();
        citizen.she()
                .contentType("application/octet-stream")
                .body(Lifelogs.bloodPressures(UUID.randomUUID(), OffsetDateTime.parse("2026-02-01T07:00:00+09:00"), 2))
                .post("/ingest/{person}", citizen.person())
                .then()
                .statusCode(201);

        String where = citizen.clinicReads("Observation")
                .statusCode(403)
                .body("issue[0].details.coding[0].code", equalTo("consent-required"))
                .extract()
                .path("issue[0].extension.find { it.url.endsWith('/consent-request-url') }.valueUrl");
        assertEquals(Stack.BASE.replace("/fhir", "/consents/requests"), where);

        String request = citizen.request("lifelog-vitals", "lab");
        citizen.she()
                .get("/consents/requests/{id}", request)
                .then()
                .statusCode(200)
                .body("status", equalTo("OPEN"))
                .body("requester.name", equalTo("さくらクリニック"))
                .body("requester.classes", equalTo(List.of("medical-institution")))
                .body("summary.purposes[0].code", equalTo("TREAT"))
                .body("summary.categories.code", equalTo(List.of("lab", "lifelog-vitals")))
                .body("summary.sentence.ja", containsString("さくらクリニックが"))
                .body("summary.sentence.en", containsString("Allows さくらクリニック to read"))
                .body("text", equalTo("次の診察のため"))
                .body("notice.sha256", notNullValue())
                .body("patient", nullValue());

        String consent = citizen.approves(
                        request, Asked.with(Asked.wish("lifelog-vitals"), "validity", Map.of("end", "2027-03-31")))
                .statusCode(200)
                .body("request.status", equalTo("APPROVED"))
                .body("consent.directive.state", equalTo("ACTIVE"))
                .body("consent.receipt.collectionMethod", notNullValue())
                .extract()
                .path("consent.directive.id");
        citizen.clinic()
                .get("/consents/requests/{id}", request)
                .then()
                .statusCode(200)
                .body("patient", equalTo(citizen.patient()))
                .body("answer.directive", equalTo(consent))
                .body("answer.granted.selectors[0].category", equalTo(List.of("lifelog-vitals")))
                .body("requester", nullValue())
                .body("warnings", nullValue());
        citizen.clinicReads("Observation").statusCode(200).body("entry.size()", greaterThan(0));
        citizen.answers(request, "$approve").statusCode(200).body("consent.directive.id", equalTo(consent));

        renews(citizen, consent, "2027-03-31").statusCode(422).body("errors[0].pointer", equalTo("/validity/end"));
        renews(citizen, consent, "2028-03-31")
                .statusCode(200)
                .body("directive.version", equalTo(2))
                .body("directive.validity.end", equalTo("2028-03-31"))
                .body("directive.selectors[0].category", equalTo(List.of("lifelog-vitals")));

        citizen.she()
                .get("/consents/shared")
                .then()
                .statusCode(200)
                .body("find { it.recipient.id == 'Organization/sakura-clinic' }.reads.count", greaterThan(0))
                .body("consents.flatten().find { it.id == '" + consent + "' }.state", equalTo("ACTIVE"))
                .body("consents.flatten().find { it.id == '" + consent + "' }.reads.count", greaterThan(0))
                .body(
                        "consents.flatten().find { it.id == '" + consent + "' }.withdraw.url",
                        equalTo(Stack.BASE.replace("/fhir", "/consents/" + consent + "/$revoke")));

        String deny = citizen.she()
                .post("/consents/shared/sakura-clinic/$stop")
                .then()
                .statusCode(200)
                .body("revoked", equalTo(List.of(consent)))
                .extract()
                .path("deny.directive.id");
        citizen.she()
                .post("/consents/shared/sakura-clinic/$stop")
                .then()
                .statusCode(200)
                .body("deny.directive.id", equalTo(deny))
                .body("revoked", empty());
        citizen.clinicReads("Observation").statusCode(403);
        citizen.she()
                .get("/consents/shared")
                .then()
                .body("find { it.recipient.id == 'Organization/sakura-clinic' }.recipient.stopped", equalTo(true));
    }

    private static io.restassured.response.ValidatableResponse renews(Asked citizen, String consent, String end) {
        return citizen.she()
                .contentType("application/json")
                .body(Map.of("validity", Map.of("end", end)))
                .post("/consents/{id}/$renew", consent)
                .then();
    }

    @Test
    void silence_is_a_refusal_at_the_second_it_expires() {
        Asked citizen = Asked.citizen("citizen-10");
        Instant end = Instant.now().plusSeconds(3600);
        String request = Asked.asks(
                        citizen.clinic(),
                        Map.of(
                                "patient",
                                citizen.patient(),
                                "directive",
                                Asked.wish("lab"),
                                "expiresAt",
                                end.toString()))
                .statusCode(201)
                .body(
                        "expiresAt",
                        equalTo(end.truncatedTo(java.time.temporal.ChronoUnit.MICROS)
                                .toString()))
                .extract()
                .path("id");
        MovableClock.ahead(Duration.ofSeconds(3590));
        status(citizen, request, "OPEN");
        MovableClock.ahead(Duration.ofSeconds(3600));
        status(citizen, request, "LAPSED");
        citizen.answers(request, "$approve").statusCode(409).body("code", equalTo("lapsed"));
        citizen.answers(request, "$refuse").statusCode(200).body("status", equalTo("LAPSED"));
        citizen.clinicReads("Observation").statusCode(403);
    }

    private static void status(Asked citizen, String request, String status) {
        citizen.she().get("/consents/requests/{id}", request).then().body("status", equalTo(status));
        citizen.clinic().get("/consents/requests/{id}", request).then().body("status", equalTo(status));
    }

    @Test
    void a_visit_is_24_hours_to_the_second_and_only_the_chosen_groups() {
        Asked citizen = Asked.citizen("citizen-11");
        citizen.she()
                .contentType("application/octet-stream")
                .body(Checkup.of(phr.fhir.fixtures.People.HANAKO)
                        .on(java.time.LocalDate.of(2023, 5, 9))
                        .xml())
                .post("/ingest/{person}", citizen.person());
        visits(citizen, "sakura-clinic", "checkup", "x-ray")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/groups/1"));
        visits(citizen, "mimamori", "checkup").statusCode(422).body("errors[0].pointer", equalTo("/organisation"));
        visits(citizen, "sakura-clinic").statusCode(422).body("errors[0].pointer", equalTo("/groups"));
        String recorded = visits(citizen, "sakura-clinic", "checkup", "procedure")
                .statusCode(201)
                .body("directive.purposes", equalTo(List.of("TREAT")))
                .body("directive.actions", equalTo(List.of("read")))
                .body("directive.selectors[0].category", equalTo(List.of("checkup-specific", "procedure")))
                .body("directive.labels.max", equalTo("N"))
                .extract()
                .path("directive.validity.start");
        Instant until = OffsetDateTime.parse(recorded).toInstant().plus(Duration.ofHours(24));
        citizen.clinicReads("Observation").statusCode(200);
        MovableClock.ahead(Duration.between(Instant.now(), until.minusSeconds(20)));
        citizen.clinicReads("Observation").statusCode(200);
        MovableClock.ahead(Duration.between(Instant.now(), until));
        citizen.clinicReads("Observation").statusCode(403);
        citizen.she().get("/consents/shared").then().body("consents.flatten().state", hasItem("EXPIRED"));
    }

    private static io.restassured.response.ValidatableResponse visits(Asked citizen, String clinic, String... groups) {
        return citizen.she()
                .contentType("application/json")
                .body(Map.of("organisation", clinic, "groups", List.of(groups)))
                .post("/consents/$visit")
                .then();
    }

    @Test
    void what_ends_soon_is_listed_and_renewed_also_when_it_is_over() {
        Asked citizen = Asked.citizen("citizen-14");
        citizen.refusesEverything();
        OffsetDateTime end = OffsetDateTime.now().plusDays(3).withNano(0);
        Map<String, Object> soon = Asked.with(Asked.wish("lab"), "validity", Map.of("end", end.toString()));
        String request = citizen.clinicAsks(soon).statusCode(201).extract().path("id");
        String consent =
                citizen.answers(request, "$approve").statusCode(200).extract().path("consent.directive.id");
        expiring(citizen, "P30D").body("consents.flatten().id", hasItem(consent));
        expiring(citizen, "P1D").body("consents.flatten().id", not(hasItem(consent)));
        expiring(citizen, "soon").statusCode(400);
        MovableClock.ahead(Duration.ofDays(4));
        citizen.clinicReads("Observation").statusCode(403);
        renews(citizen, consent, end.plusDays(60).toLocalDate().toString())
                .statusCode(200)
                .body("directive.state", equalTo("ACTIVE"))
                .body("directive.version", equalTo(2));
        citizen.clinicReads("Observation").statusCode(200);
    }

    private static io.restassured.response.ValidatableResponse expiring(Asked citizen, String period) {
        return citizen.she()
                .queryParam("expiring", period)
                .get("/consents/shared")
                .then();
    }
}
