package phr.gateway.simulation;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** The stateless decision from outside, with the worked example of HL7 (consent-semantics.md §19.1). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SimulateTest {

    private static final String[][] ROWS = {
        {"A", "TREAT", "2021-06-01T10:00:00+09:00", "Observation", "N", "PERMIT"},
        {"A", "TREAT", "2020-01-01T00:00:00+09:00", "Observation", "N", "PERMIT"},
        {"A", "TREAT", "2022-12-31T23:59:00+09:00", "Observation", "N", "PERMIT"},
        {"A", "TREAT", "2023-01-01T00:00:00+09:00", "Observation", "N", "DENY"},
        {"B", "TREAT", "2021-06-01T10:00:00+09:00", "Observation", "N", "DENY"},
        {"A", "HMARKT", "2021-06-01T10:00:00+09:00", "Observation", "N", "DENY"},
        {"A", "TREAT", "2021-06-01T10:00:00+09:00", "Observation", "R", "DENY"},
        {"A", "HPAYMT", "2021-06-01T10:00:00+09:00", "Observation", "N", "DENY"},
        {"A", "HPAYMT", "2021-06-01T10:00:00+09:00", "Claim", "N", "PERMIT"},
        {"A", "HPAYMT", "2021-06-01T10:00:00+09:00", "Claim", "R", "DENY"},
        {"A", "HMARKT", "2021-06-01T10:00:00+09:00", "Claim", "N", "DENY"},
        {"A", "TREAT\",\"HMARKT", "2021-06-01T10:00:00+09:00", "Observation", "N", "DENY"},
    };

    @Test
    void the_worked_example_of_hl7_gives_its_truth_table() throws IOException {
        for (String[] row : ROWS) {
            ValidatableResponse answer = post(Tokens.aruku(), body(row)).statusCode(200);
            String outcome = answer.extract().path("decisions[0].outcome");
            System.out.println(String.join(" ", row[0], row[1], row[2], row[3], row[4], "->", outcome));
            assertEquals(row[5], outcome);
        }
    }

    @Test
    void any_client_that_is_logged_in_may_ask_and_nobody_else() throws IOException {
        post(Tokens.operator(), body(ROWS[0])).statusCode(200).body("call.status", equalTo(200));
        Http.anonymous()
                .contentType("application/json")
                .body("{}")
                .post("/consents/$simulate")
                .then()
                .statusCode(401);
    }

    @Test
    void the_person_sees_who_can_see_what_and_what_a_change_would_change() {
        String token = Tokens.citizen("citizen-39");
        Cast.organisations();
        String person = Cast.register(token);
        Cast.revokeEverything(token);
        String granted = Cast.grant(token, Cast.SAKURA_MAY_READ);
        String row = ".find { it.grantee.id == 'Organization/sakura-clinic' && it.category == 'lab' }";
        post(token, "{\"person\":\"" + person + "\"}")
                .statusCode(200)
                .body("matrix" + row + ".outcome", equalTo("PERMIT"))
                .body("difference.size()", equalTo(0));
        post(token, "{\"person\":\"" + person + "\",\"change\":{\"revoke\":[\"" + granted + "\"]}}")
                .statusCode(200)
                .body("matrix" + row + ".outcome", equalTo("DENY"))
                .body("difference" + row + ".before", equalTo("PERMIT"))
                .body("difference" + row + ".after", equalTo("DENY"));
        Http.as(token, "PATRQT").get("/consents").then().body("size()", equalTo(1));
        post(Tokens.taro("patient/*.cruds"), "{\"person\":\"" + person + "\"}").statusCode(404);
        post(Tokens.drSato("user/*.cruds"), "{\"person\":\"" + person + "\"}").statusCode(404);
        Cast.revokeEverything(token);
    }

    @Test
    void faults_are_located() {
        post(Tokens.operator(), "{\"consents\":[],\"color\":1}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem("/color"));
        post(Tokens.operator(), "{\"consents\":[" + "0,".repeat(10_000) + "0]}")
                .statusCode(422)
                .body("type", endsWith("limit-exceeded"));
    }

    private static ValidatableResponse post(String token, String body) {
        return Http.as(token)
                .contentType("application/json")
                .body(body)
                .post("/consents/$simulate")
                .then();
    }

    private static String body(String[] row) throws IOException {
        String element = row[3].equals("Claim") ? "patient" : "subject";
        String resource = "{\"resourceType\":\"" + row[3] + "\",\"id\":\"r\",\"" + element
                + "\":{\"reference\":\"Patient/p\"},\"meta\":{\"security\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"" + row[4] + "\"}]}}";
        try (InputStream in = Objects.requireNonNull(SimulateTest.class.getResourceAsStream("hl7-consent.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"id\": \"Organization/A\"", "\"id\": \"Organization/" + row[0] + "\"")
                    .replace("\"purposes\": [\"TREAT\"], \"action\"", "\"purposes\": [\"" + row[1] + "\"], \"action\"")
                    .replace("\"at\": \"2021-06-01T10:00:00+09:00\"", "\"at\": \"" + row[2] + "\"")
                    .replace("\"resources\": []", "\"resources\": [" + resource + "]");
        }
    }
}
