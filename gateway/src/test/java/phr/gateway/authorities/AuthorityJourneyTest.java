package phr.gateway.authorities;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Whole lives: a mother and her child, an old woman and her son, a death that was none (consent-semantics.md §10.2, §11). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class AuthorityJourneyTest {

    private static final byte[] BLOOD_PRESSURE =
            Lifelogs.bloodPressures(UUID.randomUUID(), OffsetDateTime.parse("2026-01-05T07:00:00+09:00"), 2);

    private Relative mother;
    private Relative stranger;

    @BeforeEach
    void everybody_is_on_stage() {
        Cast.organisations();
        mother = Relative.named("citizen-01");
        stranger = Relative.named("citizen-02");
    }

    @AfterEach
    void time_is_now() {
        MovableClock.back();
    }

    private static RequestSpecification clinic() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }

    private Relative.Child verifiedChild(String birthDate) {
        Relative.Child child = mother.registersChild(birthDate);
        Operator.verifies(child.authority()).statusCode(200).body("state", equalTo("IN_FORCE"));
        return child;
    }

    @Test
    void a_mother_acts_for_her_child_once_the_operator_has_seen_the_register() {
        Relative.Child child = mother.registersChild("2021-04-01");
        mother.reads("Observation", child.id()).statusCode(403);
        mother.grantsFor(child.id(), Cast.SAKURA_MAY_READ).statusCode(403);
        stranger.reads("Observation", child.id()).statusCode(404);
        Operator.verifies(child.authority()).statusCode(200).body("works", equalTo(true));
        mother.readsPatient(child.id()).statusCode(200).body("birthDate", equalTo("2021-04-01"));
        mother.uploads(child.id(), BLOOD_PRESSURE).statusCode(201);
        mother.reads("Observation", child.id()).statusCode(200).body("entry.size()", greaterThan(1));
        mother.grantsFor(child.id(), Cast.SAKURA_MAY_READ)
                .statusCode(201)
                .body("directive.grantor.capacity", equalTo("GUARDIAN"))
                .body("directive.grantor.authority", equalTo(child.authority()));
        mother.consentsOf(child.id()).statusCode(200).body("size()", equalTo(1));
        mother.accessLogOf(child.id())
                .statusCode(200)
                .body(
                        "find { it.interaction == 'search Observation' && it.outcome == 'PERMIT' }.user",
                        equalTo("proxy"))
                .body(
                        "find { it.interaction == 'search Observation' && it.outcome == 'PERMIT' }.directives",
                        hasItem("Authority/" + child.authority()));
        stranger.consentsOf(child.id()).statusCode(404);
        stranger.accessLogOf(child.id()).statusCode(404);
        stranger.grantsFor(child.id(), Cast.SAKURA_MAY_READ).statusCode(404);
    }

    @Test
    void a_clinic_reads_what_the_mother_granted_until_the_child_is_eighteen() {
        MovableClock.set(Instant.parse("2026-02-01T00:00:00Z"));
        Relative.Child child = verifiedChild("2008-02-29");
        mother.uploads(child.id(), BLOOD_PRESSURE).statusCode(201);
        String patient = introduced(mother, child.id());
        mother.grantsFor(child.id(), Cast.SAKURA_MAY_READ).statusCode(201);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(200);
        MovableClock.set(Instant.parse("2026-02-28T14:59:30Z"));
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(200);
        MovableClock.set(Instant.parse("2026-02-28T15:00:00Z"));
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(403);
        mother.reads("Observation", child.id()).statusCode(403);
        String code = mother.invites(child.id());
        stranger.claimsRecord(code).statusCode(404);
        Relative haru = Relative.unregistered("haru");
        haru.claimsRecord(code).statusCode(200).body("id", equalTo(child.id()));
        haru.claimsRecord(code).statusCode(404);
        haru.reads("Observation", child.id()).statusCode(200).body("entry.size()", greaterThan(1));
        haru.consentsOf(child.id()).statusCode(200).body("directive.state", hasItem("PENDING_RECONSENT"));
    }

    @Test
    void the_son_acts_while_his_mother_cannot_and_not_a_day_longer() {
        Relative ume = Relative.named("ume");
        Relative jiro = Relative.named("jiro");
        var named = ume.namesProxy("ON_CAPACITY_LOST").statusCode(201).extract();
        String authority = named.path("id");
        String code = named.path("code");
        Operator.verifies(authority).statusCode(409);
        jiro.accepts(code).statusCode(200).body("holder", equalTo(jiro.id()));
        jiro.accepts(code).statusCode(404);
        stranger.accepts(code).statusCode(404);
        Operator.verifies(authority).statusCode(200).body("works", equalTo(false));
        jiro.readsPatient(ume.id()).statusCode(403);
        String lost = jiro.reports(ume.id(), "CAPACITY_LOST")
                .statusCode(201)
                .extract()
                .path("id");
        jiro.readsPatient(ume.id()).statusCode(403);
        Operator.confirms(lost).statusCode(200);
        jiro.readsPatient(ume.id()).statusCode(200);
        jiro.namesProxyFor(ume.id()).statusCode(403);
        String regained = ume.reports(ume.id(), "CAPACITY_REGAINED")
                .statusCode(201)
                .extract()
                .path("id");
        Operator.confirms(regained).statusCode(200);
        jiro.readsPatient(ume.id()).statusCode(403);
    }

    @Test
    void a_reported_death_freezes_at_once_and_a_false_report_leaves_all_as_it_was() {
        Relative citizen = Relative.named("citizen-03");
        citizen.uploads(citizen.id(), BLOOD_PRESSURE);
        String patient = introduced(citizen, citizen.id());
        citizen.grantsFor(citizen.id(), Cast.SAKURA_MAY_READ).statusCode(201);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(200);
        String death = reportedDeath(patient);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(403);
        citizen.consentsOf(citizen.id()).statusCode(200).body("directive.state", hasItem("FROZEN"));
        Operator.withdraws(death).statusCode(200);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(200);
        citizen.consentsOf(citizen.id()).statusCode(200).body("directive.state", not(hasItem("FROZEN")));
        String again = reportedDeath(patient);
        Operator.confirms(again).statusCode(200);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(403);
    }

    @Test
    void only_the_wish_for_after_death_opens_after_a_verified_death() {
        Relative citizen = Relative.named("citizen-04");
        String patient = introduced(citizen, citizen.id());
        citizen.grantsFor(
                        citizen.id(),
                        Cast.SAKURA_MAY_READ.replace("{\"effect\"", "{\"phase\":\"AFTER_DEATH\",\"effect\""))
                .statusCode(201);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(403);
        String death = reportedDeath(patient);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(403);
        Operator.confirms(death).statusCode(200);
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(200);
        citizen.reads("Observation", citizen.id()).statusCode(403);
    }

    @Test
    void a_claim_over_somebody_else_opens_nothing() {
        Relative.Child child = verifiedChild("2021-04-01");
        String claim =
                stranger.claims("PARENT", child.id()).statusCode(201).extract().path("id");
        stranger.readsPatient(child.id()).statusCode(403);
        stranger.reports(child.id(), "DEATH").statusCode(404);
        stranger.asks().post("/people/{person}/$invite", child.id()).then().statusCode(404);
        stranger.asks().post("/authorities/{id}/$end", child.authority()).then().statusCode(404);
        stranger.asks()
                .contentType("application/json")
                .body(Map.of("evidence", Operator.EVIDENCE, "birthDateVerified", true))
                .post("/authorities/{id}/$verify", claim)
                .then()
                .statusCode(403);
        mother.asks().get("/authorities").then().statusCode(200).body("held.id", hasItem(child.authority()));
        stranger.claims("PARENT", UUID.randomUUID().toString()).statusCode(404);
    }

    @Test
    void a_suspension_bites_with_the_next_request() {
        Relative.Child child = verifiedChild("2021-04-01");
        mother.readsPatient(child.id()).statusCode(200);
        Operator.changes(child.authority(), "suspend").statusCode(200).body("state", equalTo("SUSPENDED"));
        mother.readsPatient(child.id()).statusCode(403);
        mother.consentsOf(child.id()).statusCode(403);
        Operator.changes(child.authority(), "resume").statusCode(200).body("state", equalTo("IN_FORCE"));
        mother.readsPatient(child.id()).statusCode(200);
        mother.asks().post("/authorities/{id}/$end", child.authority()).then().statusCode(200);
        mother.readsPatient(child.id()).statusCode(403);
    }

    @Test
    void what_was_in_force_is_answered_for_any_day() {
        Relative citizen = Relative.named("citizen-05");
        String id = citizen.grantsFor(citizen.id(), Cast.SAKURA_MAY_READ)
                .statusCode(201)
                .extract()
                .path("directive.id");
        String granted = Instant.now().plusSeconds(1).toString();
        MovableClock.set(Instant.now().plus(Duration.ofDays(2)));
        citizen.asks().post("/consents/{id}/$revoke", id).then().statusCode(200);
        citizen.asks()
                .queryParam("at", granted)
                .queryParam("known", granted)
                .get("/consents")
                .then()
                .body("find { it.directive.id == '" + id + "' }.directive.state", equalTo("ACTIVE"));
        citizen.asks()
                .get("/consents")
                .then()
                .body("find { it.directive.id == '" + id + "' }.directive.state", equalTo("REVOKED"));
        citizen.asks()
                .queryParam("known", "2026-01-01T00:00:00+09:00")
                .get("/consents")
                .then()
                .statusCode(200)
                .body("$", empty());
        citizen.asks().queryParam("at", "yesterday").get("/consents").then().statusCode(400);
    }

    @Test
    void a_recipient_gives_its_own_permit_back_and_learns_nothing_else() {
        Relative citizen = Relative.named("citizen-06");
        String patient = introduced(citizen, citizen.id());
        String id = citizen.grantsFor(citizen.id(), Cast.SAKURA_MAY_READ)
                .statusCode(201)
                .extract()
                .path("directive.id");
        Http.as(Tokens.drSuzuki("user/*.rs"))
                .post("/consents/{id}/$renounce", id)
                .then()
                .statusCode(404);
        clinic().post("/consents/{id}/$renounce", id).then().statusCode(200).body("state", equalTo("REVOKED"));
        clinic().queryParam("patient", patient).get("/fhir/Observation").then().statusCode(403);
        citizen.accessLogOf(citizen.id())
                .body("find { it.interaction == 'renounce' }.organisation", equalTo("sakura-clinic"));
    }

    @Test
    void a_blocked_party_gets_nothing_from_a_proxy() {
        Relative.Child child = verifiedChild("2021-04-01");
        mother.asks()
                .put("/people/{person}/blocked/sakura-clinic", child.id())
                .then()
                .statusCode(204);
        mother.grantsFor(child.id(), Cast.SAKURA_MAY_READ)
                .statusCode(422)
                .body("errors[0].pointer", startsWith("/grantees"));
        mother.asks()
                .delete("/people/{person}/blocked/sakura-clinic", child.id())
                .then()
                .statusCode(404);
    }

    private static String introduced(Relative by, String person) {
        return by.asks()
                .contentType("application/json")
                .body(Map.of("organisation", "sakura-clinic"))
                .post("/people/{person}/introductions", person)
                .then()
                .extract()
                .path("patient");
    }

    private static String reportedDeath(String patient) {
        return clinic().contentType("application/json")
                .body(Map.of("type", "DEATH"))
                .post("/people/{person}/life-events", patient)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
