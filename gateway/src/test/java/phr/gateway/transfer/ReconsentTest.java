package phr.gateway.transfer;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.consent.lifecourse.AgeBands;
import phr.fhir.PersonId;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.portability.RecordSink.Arrival;
import phr.portability.TravellingDirective;

/** Permits of an earlier provider open nothing until the person says each of them again. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ReconsentTest {

    private static final String CITIZEN = "citizen-14";
    private static final Duration WAITS = Duration.ofDays(90);

    @Inject
    ArrivedConsents arrived;

    private final String namespace = "other.example/" + UUID.randomUUID();
    private String person = "";
    private String patient = "";

    @BeforeEach
    void two_permits_arrive() {
        Cast.organisations();
        person = Cast.register(Tokens.citizen(CITIZEN));
        patient = Cast.introduce(Tokens.citizen(CITIZEN), person, "sakura-clinic");
        Cast.revokeEverything(Tokens.citizen(CITIZEN));
        arrive("a", Cast.SAKURA_MAY_READ);
        arrive("b", Cast.SAKURA_MAY_READ.replace("sakura-clinic", "clinic-of-another-world"));
    }

    @AfterEach
    void time_is_now() {
        MovableClock.back();
    }

    private void arrive(String id, String json) {
        TravellingDirective directive =
                new TravellingDirective(id, 1, "PERMIT", "ACTIVE", null, null, json.getBytes(StandardCharsets.UTF_8));
        arrived.accept(
                PersonId.parse(person),
                "test",
                List.of(new ArrivedConsents.Arrived(directive, Arrival.PENDING_RECONSENT, namespace)));
    }

    @Test
    void each_is_confirmed_narrower_or_refused_by_itself() {
        List<String> ids = pending()
                .body("find { it.provider == '" + namespace + "' }.cause", equalTo("transfer"))
                .extract()
                .path("findAll { it.provider == '" + namespace + "' }.id");
        clinicReads().statusCode(403);
        String wider = Cast.SAKURA_MAY_READ.replace("[\"read\"]", "[\"read\",\"export\"]");
        confirms(ids.get(0), "{\"directive\":" + wider + "}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/directive/actions"));
        clinicReads().statusCode(403);
        String narrower = Cast.SAKURA_MAY_READ.replace("\"ALL\"", "[{\"category\":[\"lab\"]}]");
        String directive = confirms(ids.get(0), "{\"directive\":" + narrower + "}")
                .statusCode(200)
                .body("directive.selectors[0].category", equalTo(List.of("lab")))
                .extract()
                .path("directive.id");
        clinicReads().statusCode(200);
        confirms(ids.get(0), "").statusCode(200).body("directive.id", equalTo(directive));
        she().post("/consents/pending/{id}/$refuse", ids.get(0)).then().statusCode(409);

        confirms(ids.get(1), "").statusCode(422);
        she().post("/consents/pending/{id}/$refuse", ids.get(1)).then().statusCode(204);
        she().post("/consents/pending/{id}/$refuse", ids.get(1)).then().statusCode(204);
        pending().body("findAll { it.provider == '" + namespace + "' }", hasSize(0));
    }

    @Test
    void what_waits_for_her_waits_for_nobody_else() {
        List<String> ids = pending().extract().path("id");
        Cast.register(Tokens.citizen("citizen-13"));
        Http.as(Tokens.citizen("citizen-13"))
                .post("/consents/pending/{id}/$confirm", ids.get(0))
                .then()
                .statusCode(404);
        Http.as(Tokens.drSato("user/*.rs")).get("/consents/pending").then().statusCode(404);
        she().post("/consents/pending/{id}/$confirm", "nothing").then().statusCode(404);
        pending().body("id", hasItems(ids.toArray(String[]::new)));
    }

    @Test
    void she_is_told_until_when_and_silence_ends_it() {
        Instant until = Instant.parse(pending().extract().path("find { it.provider == '" + namespace + "' }.until"));
        assertEquals(AgeBands.JAPAN.waitsUntil(until.minus(WAITS)), until);
        List<String> ids = pending().extract().path("findAll { it.provider == '" + namespace + "' }.id");
        told().body("findAll { it.about == '" + ids.get(0) + "' }.kind", contains("PERMIT_WAITS"))
                .body("findAll { it.about == '" + ids.get(0) + "' }.dueAt", hasItem(until.toString()));
        MovableClock.set(until.minus(Duration.ofDays(1)));
        pending().body("id", hasItems(ids.toArray(String[]::new)));
        told().body(
                        "findAll { it.about == '" + ids.get(0) + "' }.kind",
                        hasItems("PERMIT_WAITS", "PERMIT_LAPSES_SOON"));
        confirms(ids.get(0), "").statusCode(200);
        arrive("a", Cast.SAKURA_MAY_READ);
        MovableClock.set(until.plusSeconds(1));
        pending().body("findAll { it.provider == '" + namespace + "' }", hasSize(0));
        confirms(ids.get(1), "").statusCode(404);
        she().post("/consents/pending/{id}/$refuse", ids.get(1)).then().statusCode(404);
        confirms(ids.get(0), "").statusCode(200);
    }

    @Test
    void a_permit_whose_own_end_comes_first_waits_no_longer_than_that() {
        String end = LocalDate.now(ZoneId.of("Asia/Tokyo")).plusDays(9).toString();
        arrive(
                "c",
                Cast.SAKURA_MAY_READ.replace("\"countries\"", "\"validity\":{\"end\":\"" + end + "\"},\"countries\""));
        Instant until = LocalDate.parse(end)
                .plusDays(1)
                .atStartOfDay(ZoneId.of("Asia/Tokyo"))
                .toInstant();
        pending().body("findAll { it.provider == '" + namespace + "' }.until", hasItem(until.toString()));
    }

    private static ValidatableResponse told() {
        return she().get("/people/me/notices").then().statusCode(200);
    }

    private ValidatableResponse pending() {
        return she().get("/consents/pending").then().statusCode(200);
    }

    private ValidatableResponse confirms(String id, String body) {
        return she().contentType("application/json")
                .body(body)
                .post("/consents/pending/{id}/$confirm", id)
                .then();
    }

    private static RequestSpecification she() {
        return Http.as(Tokens.citizen(CITIZEN), "PATRQT");
    }

    private ValidatableResponse clinicReads() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then();
    }
}
