package phr.gateway.consents;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What others try with a question that is not theirs, and organisations with a person who does not want. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class HostileRequestTest {

    private static RequestSpecification midori() {
        return Http.as(Tokens.drSuzuki("user/*.rs"), "TREAT");
    }

    @Test
    void nobody_but_the_two_sides_sees_or_answers_a_question() {
        Asked citizen = Asked.citizen("citizen-12");
        citizen.refusesEverything();
        String request = citizen.request("lab");
        List<Supplier<RequestSpecification>> strangers = List.of(
                HostileRequestTest::midori,
                () -> Http.as(Tokens.aruku()),
                () -> Http.as(Tokens.operator()),
                () -> Http.as(Tokens.citizen("citizen-13")));
        for (Supplier<RequestSpecification> stranger : strangers) {
            stranger.get().get("/consents/requests/{id}", request).then().statusCode(404);
            for (String operation : List.of("$approve", "$refuse", "$withdraw")) {
                stranger.get()
                        .post("/consents/requests/{id}/" + operation, request)
                        .then()
                        .statusCode(404);
            }
        }
        midori().get("/consents/requests").then().statusCode(200).body("id", not(hasItem(request)));
        citizen.clinic()
                .post("/consents/requests/{id}/$approve", request)
                .then()
                .statusCode(404);
        citizen.clinic().post("/consents/requests/{id}/$refuse", request).then().statusCode(404);
        citizen.she().post("/consents/requests/{id}/$withdraw", request).then().statusCode(404);
        Http.anonymous().get("/consents/requests/{id}", request).then().statusCode(401);
        Http.as(Tokens.user("stranger", "", "citizen-12"))
                .post("/consents/requests/{id}/$approve", request)
                .then()
                .statusCode(403);
        citizen.she().get("/consents/requests/{id}", request).then().body("status", equalTo("OPEN"));
        citizen.clinicReads("Observation").statusCode(403);
        citizen.answers(request, "$refuse").statusCode(200);
    }

    @Test
    void the_words_of_a_refusal_stay_with_the_person() {
        Asked citizen = Asked.citizen("citizen-12");
        citizen.refusesEverything();
        String request = citizen.request("lab");
        citizen.she()
                .contentType("application/json")
                .body(Map.of("reason", "こわいから"))
                .post("/consents/requests/{id}/$refuse", request)
                .then()
                .statusCode(200)
                .body("answer.reason", equalTo("こわいから"));
        citizen.clinic()
                .get("/consents/requests/{id}", request)
                .then()
                .body("status", equalTo("REFUSED"))
                .body("answer.reason", nullValue());
        citizen.answers(request, "$approve").statusCode(409).body("code", equalTo("answered"));
        citizen.clinic()
                .post("/consents/requests/{id}/$withdraw", request)
                .then()
                .statusCode(409);
    }

    @Test
    void a_person_the_organisation_does_not_know_does_not_exist() {
        Asked citizen = Asked.citizen("citizen-12");
        Map<String, Object> wish = Asked.wish("lab");
        String unknown = Asked.asks(
                        citizen.clinic(), Map.of("patient", UUID.randomUUID().toString(), "directive", wish))
                .statusCode(404)
                .extract()
                .asString();
        assertEquals(
                unknown,
                Asked.asks(citizen.clinic(), Map.of("patient", citizen.person(), "directive", wish))
                        .statusCode(404)
                        .extract()
                        .asString());
        assertEquals(
                unknown,
                Asked.asks(midori(), Map.of("patient", citizen.patient(), "directive", wish))
                        .statusCode(404)
                        .extract()
                        .asString());
        Asked.asks(citizen.she(), Map.of("patient", citizen.patient(), "directive", wish))
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grantees  | [{"kind":"ANY"}]                                                                  | /directive/grantees
            grantees  | [{"kind":"ORGANISATION","id":"Organization/midori-clinic"}]                       | /directive/grantees
            grantees  | [{"kind":"CLASS","id":"medical-institution"}]                                     | /directive/grantees
            grantees  | [{"kind":"APP","id":"aruku-backend"}]                                             | /directive/grantees
            purposes  | ["TREAT","COC"]                                                                   | /directive/purposes
            purposes  | ["TREAT","wellness-coaching"]                                                     | /directive/purposes
            purposes  | ["food-service","travel-service"]                                                 | /directive/purposes
            """)
    void what_may_not_be_asked_is_refused_and_located(String element, String value, String pointer) throws Exception {
        Asked citizen = Asked.citizen("citizen-12");
        Object json = new com.fasterxml.jackson.databind.ObjectMapper().readValue(value, Object.class);
        citizen.clinicAsks(Asked.with(Asked.wish("lab"), element, json))
                .statusCode(422)
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void more_than_was_asked_is_refused_and_located_and_grants_nothing() {
        Asked citizen = Asked.citizen("citizen-13");
        citizen.refusesEverything();
        String request = citizen.request("lab");
        citizen.approves(request, Asked.with(Asked.wish("lab"), "selectors", "ALL"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/directive/selectors"));
        citizen.approves(request, Asked.with(Asked.wish("lab", "genetic"), "labels", "ANY"))
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/directive/selectors", "/directive/labels")));
        citizen.she().get("/consents").then().body("directive.state", everyItem(not(equalTo("ACTIVE"))));
        citizen.answers(request, "$refuse").statusCode(200);
    }

    @Test
    void questions_are_limited_and_whoever_is_blocked_may_not_ask() {
        Asked citizen = Asked.citizen("citizen-13");
        citizen.refusesEverything();
        for (int i = 0; i < 5; i++) {
            citizen.request("lab");
        }
        citizen.clinicAsks(Asked.wish("lab")).statusCode(409).body("code", equalTo("too-many-open"));
        citizen.she().get("/consents/requests?status=OPEN").then().body("warnings.flatten().id", hasItem("L-10"));
        citizen.refusesEverything();
        citizen.she().put("/consents/blocks/sakura-clinic").then().statusCode(204);
        citizen.clinicAsks(Asked.wish("lab")).statusCode(403).body("code", equalTo("blocked"));
        citizen.she().get("/consents/blocks").then().body("organisation", equalTo(List.of("sakura-clinic")));
        citizen.she().delete("/consents/blocks/sakura-clinic").then().statusCode(204);
        citizen.request("lab");
        citizen.refusesEverything();
    }

    @Test
    void of_an_approval_and_a_withdrawal_at_once_exactly_one_wins() {
        Asked citizen = Asked.citizen("citizen-13");
        citizen.refusesEverything();
        for (int i = 0; i < 5; i++) {
            String request = citizen.request("lab");
            CompletableFuture<Integer> withdrawn = CompletableFuture.supplyAsync(() -> citizen.clinic()
                    .post("/consents/requests/{id}/$withdraw", request)
                    .statusCode());
            int approved = citizen.she()
                    .post("/consents/requests/{id}/$approve", request)
                    .statusCode();
            assertTrue(approved == 200 && withdrawn.join() == 409 || approved == 409 && withdrawn.join() == 200);
        }
        Cast.revokeEverything(Tokens.citizen("citizen-13"));
    }

    @Test
    void an_insurer_asks_for_one_service_and_the_person_is_told_what_it_does_not_say() {
        Asked citizen = Asked.citizen("citizen-13");
        citizen.refusesEverything();
        String patient = Cast.introduce(Tokens.citizen("citizen-13"), citizen.person(), "mimamori");
        Map<String, Object> wish = Asked.with(
                Asked.with(
                        Asked.with(
                                Asked.wish("lifelog-activity"),
                                "grantees",
                                List.of(Map.of("kind", "ORGANISATION", "id", "Organization/mimamori"))),
                        "purposes",
                        List.of("insurance-wellness")),
                "validity",
                Map.of("end", java.time.LocalDate.now().plusDays(300).toString()));
        Supplier<RequestSpecification> insurer = () -> Http.as(Tokens.mimamori());
        String request = Asked.asks(insurer.get(), Map.of("patient", patient, "directive", wish))
                .statusCode(201)
                .extract()
                .path("id");
        citizen.she()
                .get("/consents/requests/{id}", request)
                .then()
                .body("requester.name", equalTo("みまもり保険"))
                .body("summary.sentence.ja", containsString("健康増進型保険"))
                .body("warnings.id", hasItem("benefit"));
        Asked.asks(insurer.get(), Map.of("patient", patient, "directive", Asked.with(wish, "selectors", "ALL")))
                .statusCode(422)
                .body("errors.pointer", hasItem("/directive/selectors"));
        citizen.refusesEverything();
        insurer.get()
                .get("/consents/requests?patient=" + patient + "&status=OPEN")
                .then()
                .statusCode(200)
                .body("$", empty());
        insurer.get().get("/consents/requests?status=WHATEVER").then().statusCode(400);
    }
}
