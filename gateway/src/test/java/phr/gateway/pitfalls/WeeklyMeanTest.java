package phr.gateway.pitfalls;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** A weekly mean says nothing about one day: it needs values on four days of the week (consent-semantics.md §16.2). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class WeeklyMeanTest {

    @Test
    @DisplayName("§19.3 Weekly steps for an insurer: over 3 days no value, over 4 days one")
    void three_days_are_no_week() {
        String token = Tokens.citizen("citizen-35", "patient/*.cruds");
        Cast.organisations();
        String person = Cast.register(token);
        String patient = Cast.introduce(token, person, "mimamori");
        Cast.revokeEverything(token);
        Cast.grant(token, """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/mimamori"}],
                 "purposes":["insurance-wellness"],"actions":["read"],"countries":["JP"],
                 "selectors":[{"category":["lifelog-activity"]}],"labels":{"max":"N","sensitivities":[]},
                 "validity":{"end":"%s"},
                 "conditions":[{"code":"AGGREGATE_ONLY","unit":"WEEK","functions":["mean"]}]}""".formatted(java.time.LocalDate.now(java.time.ZoneId.of("Asia/Tokyo"))
                .plusMonths(11)));
        for (int day = 16; day <= 18; day++) {
            walks(token, person, day, 3000);
        }
        mean(patient).body("parameter", nullValue());
        walks(token, person, 19, 7000);
        mean(patient)
                .body("parameter", hasSize(1))
                .body("parameter[0].resource.component[0].valueQuantity.value", equalTo(4000));
    }

    private static void walks(String token, String person, int day, int steps) {
        String observation = """
                {"resourceType":"Observation","id":"steps-%1$d","status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"41950-7"}]},"effectivePeriod":{"start":"2026-03-%1$dT00:00:00+09:00","end":"2026-03-%1$dT23:59:59+09:00"},
                 "valueQuantity":{"value":%2$d,"unit":"steps/d","system":"http://unitsofmeasure.org","code":"{steps}/d"}}""".formatted(day, steps);
        Http.as(token, "PATRQT")
                .contentType("application/octet-stream")
                .body(observation.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}/fhir", person)
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse mean(String patient) {
        return Http.as(Tokens.mimamori("system/*.rs"), "insurance-wellness")
                .queryParam("patient", patient)
                .queryParam("coding", "http://loinc.org|41950-7")
                .queryParam("unit", "WEEK")
                .queryParam("statistic", "average")
                .queryParam("period", "2026-03-01/2026-03-31")
                .get("/fhir/Observation/$stats")
                .then()
                .statusCode(200);
    }
}
