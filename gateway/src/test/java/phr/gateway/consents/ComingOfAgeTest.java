package phr.gateway.consents;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.authorities.Operator;
import phr.gateway.authorities.Relative;

/** A mother and her son from sixteen to eighteen (consent-semantics.md §11, CS-10). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ComingOfAgeTest {

    private static final String BORN = "2010-08-20";
    private static final Instant SIXTEEN = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant T18 = Instant.parse("2028-08-19T15:00:00Z");
    private static final Instant SILENCE_ENDS = Instant.parse("2028-11-17T15:00:00Z");

    /** Each test begins later than the one before, as time does. */
    private static final AtomicInteger TESTS = new AtomicInteger();

    private Standing emi;
    private Standing sora;

    @BeforeEach
    void sora_is_sixteen_and_has_a_login() {
        MovableClock.set(SIXTEEN.plus(Duration.ofHours(TESTS.incrementAndGet())));
        Cast.organisations();
        Relative mother = Relative.named("emi");
        String known = Relative.unregistered("sora").asks().get("/people/me").path("id");
        String son = known == null ? claimed(mother) : known;
        emi = Standing.of("emi", son);
        sora = emi.other("sora");
        Cast.revokeEverything(Tokens.citizen("sora"));
    }

    private static String claimed(Relative mother) {
        Relative.Child child = mother.registersChild(BORN);
        Operator.verifies(child.authority()).statusCode(200);
        Relative.unregistered("sora").claimsRecord(mother.invites(child.id())).statusCode(200);
        return child.id();
    }

    @AfterEach
    void time_is_now() {
        MovableClock.back();
    }

    @Test
    void what_is_his_own_does_not_exist_for_his_mother() {
        Map<String, Object> mind = Asked.wish("lab", "mental-health");
        String own = emi.asked(mind);
        emi.gets("/consents/requests").statusCode(200).body("id", not(hasItem(own)));
        emi.gets("/consents/requests/" + own).statusCode(404);
        emi.approves(own).statusCode(404);
        emi.refuses(own).statusCode(404);
        sora.gets("/consents/requests").body("id", hasItem(own));
        String consent = sora.approves(own)
                .statusCode(200)
                .body("consent.directive.state", equalTo("ACTIVE"))
                .extract()
                .path("consent.directive.id");
        sora.clinicReads().statusCode(200);
        for (String address : List.of("", "/receipt", "/notices")) {
            emi.gets("/consents/" + consent + address).statusCode(404);
        }
        Relative mother = Relative.unregistered("emi");
        mother.asks().get("/fhir/Consent/{id}", consent).then().statusCode(404);
        mother.asks().get("/fhir/Consent/{id}/_history", consent).then().statusCode(404);
        mother.asks()
                .get("/fhir/Consent?patient={person}", emi.person())
                .then()
                .statusCode(200)
                .body("entry.resource.id.flatten()", not(hasItem(consent)));
        emi.gets("/consents").body("directive.id", not(hasItem(consent)));
        emi.gets("/consents/shared").statusCode(200).body("consents.flatten().id", not(hasItem(consent)));
        emi.posts("/consents/" + consent + "/$revoke", Map.of()).statusCode(404);
        sora.gets("/consents/" + consent).body("directive.state", equalTo("ACTIVE"));
        sora.posts("/consents/" + consent + "/$revoke", Map.of()).statusCode(200);
    }

    @Test
    void the_rest_either_of_them_decides_but_not_the_visit_to_the_clinic() {
        Map<String, Object> wish = Asked.with(Asked.wish("lab"), "selectors", "ALL");
        String request = emi.asked(wish);
        emi.approves(request, Asked.wish("lab", "mental-health"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/directive/selectors"));
        String consent = emi.approves(request)
                .statusCode(200)
                .body("consent.directive.state", equalTo("ACTIVE"))
                .extract()
                .path("consent.directive.id");
        sora.clinicReads().statusCode(200);
        sora.posts("/consents/" + consent + "/$revoke", Map.of()).statusCode(200);
        sora.clinicReads().statusCode(403);
        emi.visits().statusCode(403);
        sora.visits().statusCode(201);
        sora.clinicReads().statusCode(200);
        sora.refuses(sora.asked(Asked.wish("lab"))).statusCode(200);
    }

    @Test
    void what_his_mother_gave_waits_for_him_from_midnight_of_the_birthday() {
        String confirmed = given(Cast.SAKURA_MAY_READ);
        String refused = given(Cast.SAKURA_MAY_READ.replace("sakura", "midori"));
        String silent = given(Cast.SAKURA_MAY_READ.replace("TREAT", "COC"));
        String deny = given("""
                {"effect":"DENY","grantees":[{"kind":"ORGANISATION","id":"Organization/aruku"}],"emergency":"never"}""");
        MovableClock.set(T18.minusSeconds(30));
        sora.clinicReads().statusCode(200);
        sora.gets("/consents/pending").statusCode(200).body("id", not(hasItem(confirmed)));
        MovableClock.set(T18);
        sora.clinicReads().statusCode(403);
        emi.gets("/consents/pending").statusCode(403);
        sora.gets("/consents/pending")
                .statusCode(200)
                .body("id", hasItems(confirmed, refused, silent))
                .body("id", not(hasItem(deny)))
                .body("find { it.id == '" + confirmed + "' }.cause", equalTo("majority"))
                .body("find { it.id == '" + confirmed + "' }.until", equalTo(SILENCE_ENDS.toString()));
        sora.gets("/consents/" + deny).body("directive.state", equalTo("ACTIVE"));
        sora.posts("/consents/pending/" + confirmed + "/$confirm", Map.of("directive", wider()))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/directive/actions"));
        sora.posts("/consents/pending/" + confirmed + "/$confirm", Map.of("directive", Asked.wish("lab")))
                .statusCode(200)
                .body("directive.version", equalTo(2))
                .body("directive.grantor.capacity", equalTo("SELF"))
                .body("events.type", contains("GRANTED", "RECONSENTED"));
        sora.clinicReads().statusCode(200);
        sora.posts("/consents/pending/" + refused + "/$refuse", Map.of()).statusCode(204);
        sora.posts("/consents/pending/" + refused + "/$refuse", Map.of()).statusCode(204);
        sora.posts("/consents/pending/" + refused + "/$confirm", Map.of()).statusCode(409);
        emi.posts("/consents/pending/" + silent + "/$confirm", Map.of()).statusCode(403);
        sora.log().body("interaction", hasItems("confirm", "refuse"));
        MovableClock.set(SILENCE_ENDS);
        sora.gets("/consents/pending").body("id", not(hasItem(silent)));
        sora.gets("/consents/" + silent).body("directive.state", equalTo("REVOKED"));
        sora.gets("/consents").body("find { it.directive.id == '" + silent + "' }.directive.state", equalTo("REVOKED"));
        sora.posts("/consents/pending/" + silent + "/$confirm", Map.of()).statusCode(409);
        sora.clinicReads().statusCode(200);
    }

    private static Map<String, Object> wider() {
        return Asked.with(Asked.wish("lab"), "actions", List.of("read", "export"));
    }

    private String given(String directive) {
        return Relative.unregistered("emi")
                .grantsFor(emi.person(), directive)
                .statusCode(201)
                .extract()
                .path("directive.id");
    }
}
