package phr.gateway.disaster;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Disaster mode: two operators, an area, a period, a report, and the person who is told (consent-semantics.md §13). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DisasterModeTest {

    private String patient;

    @BeforeEach
    void a_person_whom_two_clinics_know() {
        Cast.organisations();
        Cast.areas("13101");
        String person = Cast.register(her());
        patient = Cast.introduce(her(), person, "sakura-clinic");
    }

    @AfterEach
    void the_clinic_is_as_it_was() {
        Cast.areas("13101");
    }

    @Test
    void a_clinic_of_the_area_reads_while_the_mode_is_in_force() {
        String mode = propose("13101", 0, 2)
                .statusCode(201)
                .body("state", equalTo("PROPOSED"))
                .extract()
                .path("id");
        read().statusCode(403);
        act(Tokens.operator(), mode, "$approve").statusCode(403);
        read().statusCode(403);
        act(Tokens.secondOperator(), mode, "$approve").statusCode(200).body("state", equalTo("ACTIVE"));
        act(Tokens.secondOperator(), mode, "$approve").statusCode(409);
        read().statusCode(200);
        Http.as(Tokens.operator())
                .get("/disaster-modes/" + mode + "/accesses")
                .then()
                .statusCode(200)
                .body("organisation", hasItem("sakura-clinic"));
        Http.as(her())
                .get("/people/me/notices")
                .then()
                .statusCode(200)
                .body("findAll { it.kind == 'DISASTER_ACCESS' }.about", hasItem(mode));
        act(Tokens.operator(), mode, "$end").statusCode(200).body("state", equalTo("ENDED"));
        read().statusCode(403);
        act(Tokens.secondOperator(), mode, "$approve").statusCode(409);
    }

    @Test
    void a_clinic_elsewhere_gets_nothing() {
        String mode = propose("47201", 0, 2).statusCode(201).extract().path("id");
        act(Tokens.secondOperator(), mode, "$approve").statusCode(200);
        read().statusCode(403);
        act(Tokens.operator(), mode, "$end").statusCode(200);
    }

    @Test
    void only_operators_switch_and_only_for_a_week() {
        propose("13101", 0, 8).statusCode(422).body("errors.pointer", hasItem("/to"));
        propose("Tokyo", 0, 1).statusCode(422).body("errors.pointer", hasItems("/areas"));
        propose("13101", -3, -1).statusCode(422);
        Http.as(her())
                .contentType("application/json")
                .body("{}")
                .post("/disaster-modes")
                .then()
                .statusCode(403);
        Http.as(Tokens.drIto("patient/*.rs"))
                .get("/disaster-modes/" + java.util.UUID.randomUUID() + "/accesses")
                .then()
                .statusCode(not(equalTo(200)));
    }

    private static String her() {
        return Tokens.citizen("citizen-28", "patient/*.cruds");
    }

    private static ValidatableResponse propose(String area, int fromDays, int toDays) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.ofHours(9));
        return Http.as(Tokens.operator())
                .contentType("application/json")
                .body("{\"areas\":[\"" + area + "\"],\"from\":\""
                        + now.plusDays(fromDays).minusSeconds(1) + "\",\"to\":\""
                        + now.plusDays(toDays).minusSeconds(1) + "\"}")
                .post("/disaster-modes")
                .then();
    }

    private static ValidatableResponse act(String token, String mode, String what) {
        return Http.as(token).post("/disaster-modes/" + mode + "/" + what).then();
    }

    private ValidatableResponse read() {
        return Http.as(Tokens.drSato("patient/*.rs"), "DISASTER")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then();
    }
}
