package phr.gateway.consents;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.authorities.Operator;
import phr.gateway.authorities.Relative;

/** People who answer, visit, renew and stop for somebody else (consent-semantics.md §10.1, §10.2). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ProxyRequestTest {

    private static final String MOTHER = "citizen-10";
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final String STRANGER = "citizen-11";

    private Relative mother;

    @BeforeEach
    void everybody_is_on_stage() {
        Cast.organisations();
        mother = Relative.named(MOTHER);
        Relative.named(STRANGER);
    }

    @AfterEach
    void time_is_now() {
        MovableClock.back();
    }

    private Relative.Child verifiedChild(int age) {
        Relative.Child child = mother.registersChild(
                LocalDate.now(TOKYO).minusYears(age).minusDays(40).toString());
        Operator.verifies(child.authority()).statusCode(200);
        return child;
    }

    private static String inDays(int days) {
        return LocalDate.now(TOKYO).plusDays(days).toString();
    }

    private Standing forChild(int age) {
        return Standing.of(MOTHER, verifiedChild(age).id());
    }

    @Test
    void asked_seen_by_the_mother_approved_narrower_read_renewed_stopped_all_in_the_childs_log() {
        Relative.Child child = verifiedChild(5);
        Standing she = Standing.of(MOTHER, child.id());
        String request = she.asked(Asked.wish("lab", "medication"));
        she.gets("/consents/requests").statusCode(200).body("id", equalTo(List.of(request)));
        mother.asks().get("/consents/requests/{id}", request).then().statusCode(404);
        she.gets("/consents/requests/" + request).body("status", equalTo("OPEN"));
        var approved = she.approves(request, Asked.with(Asked.wish("lab"), "validity", Map.of("end", inDays(30))))
                .statusCode(200)
                .body("request.status", equalTo("APPROVED"))
                .body("consent.directive.state", equalTo("ACTIVE"))
                .body("consent.directive.grantor.capacity", equalTo("GUARDIAN"))
                .body("consent.directive.selectors[0].category", equalTo(List.of("lab")));
        String consent = approved.extract().path("consent.directive.id");
        she.clinicReads().statusCode(200);
        she.posts("/consents/" + consent + "/$renew", Map.of("validity", Map.of("end", inDays(60))))
                .statusCode(200)
                .body("directive.grantor.authority", equalTo(child.authority()))
                .body("directive.version", equalTo(2));
        she.gets("/consents/shared")
                .statusCode(200)
                .body("consents.flatten().id", equalTo(List.of(consent)))
                .body("[0].stop.url", endsWith("/$stop?person=" + child.id()))
                .body("consents.flatten()[0].withdraw.url", endsWith("/$revoke?person=" + child.id()));
        she.stops()
                .statusCode(200)
                .body("revoked", equalTo(List.of(consent)))
                .body("undo.url", containsString("?person=" + child.id()));
        she.clinicReads().statusCode(403);
        she.log()
                .body("find { it.interaction == 'ask' }.organisation", equalTo("sakura-clinic"))
                .body("find { it.interaction == 'ask' }.directives", hasItem("ConsentRequest/" + request))
                .body("find { it.interaction == 'approve' }.user", equalTo("proxy"))
                .body("find { it.interaction == 'approve' }.directives", hasItem("Authority/" + child.authority()))
                .body("interaction", hasItems("renew", "stop"));
    }

    @Test
    void a_refusal_by_the_mother_and_a_withdrawal_by_the_clinic_stand_in_the_log_once() {
        Standing she = forChild(5);
        String refused = she.asked(Asked.wish("lab"));
        she.refuses(refused).statusCode(200).body("answer.reason", equalTo("いまは不要"));
        she.refuses(refused).statusCode(200);
        she.approves(refused).statusCode(409);
        String withdrawn = she.asked(Asked.wish("lab"));
        for (int i = 0; i < 2; i++) {
            Http.as(Tokens.drSato("user/*.rs"))
                    .post("/consents/requests/{id}/$withdraw", withdrawn)
                    .then()
                    .statusCode(200);
        }
        she.log()
                .body("findAll { it.interaction == 'refuse' }.size()", equalTo(1))
                .body("find { it.interaction == 'refuse' }.user", equalTo("proxy"))
                .body("findAll { it.interaction == 'withdraw' }.organisation", equalTo(List.of("sakura-clinic")))
                .body("findAll { it.interaction == 'ask' }.size()", equalTo(2));
    }

    @Test
    void a_mother_takes_her_child_to_the_clinic_and_answers_nothing_that_waits() {
        Standing she = forChild(5);
        she.visits().statusCode(201).body("directive.grantor.capacity", equalTo("GUARDIAN"));
        she.clinicReads().statusCode(200);
        she.gets("/consents/pending").statusCode(200).body("$", empty());
        String anything = UUID.randomUUID().toString();
        she.posts("/consents/pending/" + anything + "/$confirm", Map.of()).statusCode(403);
        she.posts("/consents/pending/" + anything + "/$refuse", Map.of()).statusCode(403);
        MovableClock.ahead(Duration.ofHours(25));
        she.clinicReads().statusCode(403);
        she.gets("/consents/shared").body("consents.flatten().state", equalTo(List.of("EXPIRED")));
        she.gets("/consents").body("directive.state", equalTo(List.of("EXPIRED")));
    }

    @Test
    void whoever_stands_for_nobody_finds_nothing() {
        Standing she = forChild(5);
        String request = she.asked(Asked.wish("lab"));
        answersNothing(she.other(STRANGER), request, 404);
        she.gets("/consents/requests/" + request).body("status", equalTo("OPEN"));
    }

    @Test
    void an_authority_that_is_unverified_suspended_or_ended_does_nothing() {
        Relative.Child child = verifiedChild(5);
        Standing she = Standing.of(MOTHER, child.id());
        String request = she.asked(Asked.wish("lab"));
        Operator.changes(child.authority(), "suspend").statusCode(200);
        answersNothing(she, request, 403);
        Operator.changes(child.authority(), "resume").statusCode(200);
        she.gets("/consents/requests/" + request).body("status", equalTo("OPEN"));
        Relative.unregistered(STRANGER).claims("PARENT", child.id()).statusCode(201);
        answersNothing(she.other(STRANGER), request, 403);
        Operator.changes(child.authority(), "end").statusCode(200);
        answersNothing(she, request, 403);
        she.clinicReads().statusCode(403);
    }

    private static void answersNothing(Standing somebody, String request, int status) {
        somebody.gets("/consents/requests").statusCode(status);
        somebody.gets("/consents/requests/" + request).statusCode(status);
        somebody.approves(request).statusCode(status);
        somebody.refuses(request).statusCode(status);
        somebody.gets("/consents/shared").statusCode(status);
        somebody.gets("/consents/pending").statusCode(status);
        somebody.visits().statusCode(status);
        somebody.stops().statusCode(status);
        somebody.posts("/consents/pending/" + request + "/$confirm", Map.of()).statusCode(status);
        somebody.posts("/consents/" + request + "/$renew", Map.of("validity", Map.of("end", inDays(60))))
                .statusCode(status);
    }

    @Test
    void a_named_proxy_stays_inside_her_scope_and_grants_only_when_she_may() {
        String person = Relative.named("citizen-09").id();
        String authority = named(Map.of("categories", List.of("lab", "consent-record"), "mayGrant", false));
        Standing proxy = Standing.of("citizen-09", person).other(MOTHER);
        String request = proxy.asked(Asked.wish("lab"));
        String more = proxy.asked(Asked.wish("lab", "medication"));
        proxy.gets("/consents/requests").statusCode(200).body("id", hasItems(request, more));
        proxy.approves(request).statusCode(403);
        proxy.refuses(more).statusCode(403);
        proxy.gets("/consents/requests/" + request).body("status", equalTo("OPEN"));
        proxy.refuses(request).statusCode(200).body("status", equalTo("REFUSED"));
        proxy.visits().statusCode(403);
        String hers = Cast.grant(Tokens.citizen("citizen-09"), Cast.SAKURA_MAY_READ);
        proxy.stops()
                .statusCode(200)
                .body("revoked", empty())
                .body("overridden", hasItem(hers))
                .body("deny.directive.selectors[0].category", hasItems("lab", "consent-record"));
        ends(authority);
        String blind = named(Map.of("categories", List.of("lab")));
        proxy.gets("/consents/requests").statusCode(403);
        proxy.gets("/consents/shared").statusCode(403);
        ends(blind);
        Cast.revokeEverything(Tokens.citizen("citizen-09"));
    }

    private static String named(Map<String, Object> scope) {
        var named = Relative.unregistered("citizen-09")
                .asks()
                .contentType("application/json")
                .body(Map.of("kind", "NAMED_PROXY", "scope", scope))
                .post("/authorities")
                .then()
                .statusCode(201)
                .extract();
        Relative.unregistered(MOTHER).accepts(named.path("code")).statusCode(200);
        String authority = named.path("id");
        Operator.verifies(authority).statusCode(200).body("works", equalTo(true));
        return authority;
    }

    private static void ends(String authority) {
        Relative.unregistered("citizen-09")
                .asks()
                .post("/authorities/{id}/$end", authority)
                .then()
                .statusCode(200);
    }

    @Test
    void the_guardian_of_an_adult_answers_for_her_once_the_court_has_decided() {
        String person = Relative.named("citizen-12").id();
        Standing guardian = Standing.of("citizen-12", person).other(MOTHER);
        String authority = Relative.unregistered(MOTHER)
                .claims("SEINEN_KOUKEN", person)
                .statusCode(201)
                .extract()
                .path("id");
        String request = guardian.asked(Asked.wish("lab"));
        guardian.approves(request).statusCode(403);
        Operator.asks()
                .body(Map.of("evidence", Operator.EVIDENCE, "courtReference", "令和8年(家)第1号"))
                .post("/authorities/{id}/$verify", authority)
                .then()
                .statusCode(200);
        guardian.approves(request).statusCode(200).body("consent.directive.grantor.capacity", equalTo("SEINEN_KOUKEN"));
        guardian.clinicReads().statusCode(200);
        Operator.changes(authority, "end").statusCode(200);
        Cast.revokeEverything(Tokens.citizen("citizen-12"));
        guardian.clinicReads().statusCode(403);
    }

    @Test
    void at_thirteen_nothing_is_in_force_before_the_child_has_agreed_and_silence_ends_it() {
        Standing she = forChild(13);
        String request = she.asked(Asked.wish("lab"));
        String consent = she.approves(request)
                .statusCode(200)
                .body("consent.directive.state", equalTo("PROPOSED"))
                .extract()
                .path("consent.directive.id");
        she.clinicReads().statusCode(403);
        she.posts("/consents/" + consent + "/$assent", Map.of())
                .statusCode(200)
                .body("directive.state", equalTo("ACTIVE"));
        she.clinicReads().statusCode(200);
        she.posts("/consents/" + consent + "/$revoke", Map.of()).statusCode(200);
        String silent = she.approves(she.asked(Asked.wish("lab")))
                .body("consent.directive.state", equalTo("PROPOSED"))
                .extract()
                .path("consent.directive.id");
        MovableClock.ahead(Duration.ofDays(15));
        she.gets("/consents/" + silent).body("directive.state", equalTo("REFUSED"));
        she.posts("/consents/" + silent + "/$assent", Map.of()).statusCode(409);
        she.clinicReads().statusCode(403);
    }

    @Test
    void words_of_somebody_else_are_not_shown_to_a_proxy() {
        String person = Relative.named("citizen-12").id();
        Standing guardian = Standing.of("citizen-12", person).other(MOTHER);
        String authority = Relative.unregistered(MOTHER)
                .claims("HOSA", person)
                .statusCode(201)
                .extract()
                .path("id");
        Operator.asks()
                .body(Map.of("evidence", Operator.EVIDENCE, "courtReference", "令和8年(家)第2号"))
                .post("/authorities/{id}/$verify", authority)
                .then()
                .statusCode(200);
        String request = guardian.asked(Asked.wish("lab"));
        guardian.other("citizen-12").refuses(request).statusCode(200);
        guardian.gets("/consents/requests/" + request)
                .statusCode(200)
                .body("status", equalTo("REFUSED"))
                .body("answer.reason", nullValue());
        Relative.unregistered(MOTHER)
                .asks()
                .get("/fhir/Consent?patient=" + person)
                .then()
                .statusCode(200);
        Operator.changes(authority, "end").statusCode(200);
        Relative.unregistered(MOTHER)
                .asks()
                .get("/fhir/Consent?patient=" + person)
                .then()
                .statusCode(403);
    }
}
