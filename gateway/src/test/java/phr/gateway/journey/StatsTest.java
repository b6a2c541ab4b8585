package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** An insurer gets the weekly mean of steps and nothing finer (consent-semantics.md §16.2, §19.3). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class StatsTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final String STEPS = "http://loinc.org|55423-8,http://loinc.org|41950-7";
    private static final String WEEKLY_MEAN =
            "[{\"code\":\"AGGREGATE_ONLY\",\"unit\":\"WEEK\",\"functions\":[\"mean\"]}]";
    private static final String ANY = "\"ANY\"";

    private String token;
    private String person;
    private String patient;

    /** Steps from Monday, 2026-03-02, on: one whole week. */
    @BeforeEach
    void a_week_of_steps() {
        token = Tokens.citizen("citizen-32", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        patient = Cast.introduce(token, person, "mimamori");
        Cast.revokeEverything(token);
        own().contentType("application/octet-stream")
                .body(Lifelogs.stepsWeek(
                        UUID.fromString("5b1c5b9e-0000-4000-8000-000000000321"), LocalDate.of(2026, 3, 2)))
                .post("/ingest/{person}", person);
        own().queryParam("patient", person)
                .queryParam("code", STEPS)
                .queryParam("_summary", "count")
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("total", equalTo(7));
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private RequestSpecification insurer() {
        return Http.as(Tokens.mimamori("system/*.rs"), "insurance-wellness");
    }

    private RequestSpecification insurerOfHer() {
        return insurer().queryParam("patient", patient);
    }

    private void grants(String conditions, String dataPeriod) {
        Cast.grant(token, """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/mimamori"}],
                 "purposes":["insurance-wellness"],"actions":["read"],"countries":["JP"],
                 "selectors":[{"category":["lifelog-activity"]}],"labels":{"max":"N","sensitivities":[]},
                 "dataPeriod":%s,"validity":{"start":"%s","end":"%s"},"conditions":%s,
                 "grantor":{"capacity":"SELF"}}""".formatted(dataPeriod, TODAY, TODAY.plusMonths(11), conditions));
    }

    private static ValidatableResponse stats(RequestSpecification caller, String unit, String statistic) {
        for (String code : STEPS.split(",")) {
            caller.queryParam("coding", code);
        }
        if (!unit.isEmpty()) {
            caller.queryParam("unit", unit);
        }
        return caller.queryParam("statistic", statistic)
                .queryParam("period", "2026-03-01/2026-03-31")
                .get("/fhir/Observation/$stats")
                .then()
                .statusCode(200)
                .body("resourceType", equalTo("Parameters"));
    }

    @Test
    @DisplayName("§19.3 Weekly steps for an insurer: the mean and nothing finer")
    void the_weekly_mean_leaves_and_nothing_finer() {
        grants(WEEKLY_MEAN, ANY);
        insurerOfHer()
                .queryParam("_total", "accurate")
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("total", equalTo(0))
                .body("entry", nullValue());
        for (String unit : new String[] {"WEEK", ""}) {
            stats(insurerOfHer(), unit, "average")
                    .body("parameter", hasSize(1))
                    .body("parameter[0].name", equalTo("statistics"))
                    .body("parameter[0].resource.effectivePeriod.start", equalTo("2026-03-02"))
                    .body("parameter[0].resource.effectivePeriod.end", equalTo("2026-03-08"))
                    .body("parameter[0].resource.subject.reference", equalTo("Patient/" + patient))
                    .body("parameter[0].resource.device", nullValue())
                    .body("parameter[0].resource.component", hasSize(1))
                    .body("parameter[0].resource.component[0].valueQuantity.value", equalTo(8193));
        }
        for (String unit : new String[] {"DAY", "MONTH"}) {
            stats(insurerOfHer(), unit, "average").body("parameter", nullValue());
        }
        for (String statistic : new String[] {"sum", "minimum", "maximum", "count"}) {
            stats(insurerOfHer(), "WEEK", statistic).body("parameter", nullValue());
        }
        String id = own().queryParam("patient", person)
                .queryParam("code", STEPS)
                .get("/fhir/Observation")
                .then()
                .extract()
                .path("entry[0].resource.id");
        insurer().get("/fhir/Observation/" + id).then().statusCode(404);
        insurer().get("/fhir/Patient/" + patient).then().statusCode(404);
    }

    @Test
    void a_week_that_the_permitted_time_cuts_has_no_value() {
        grants(WEEKLY_MEAN, "{\"start\":\"2026-03-03\",\"end\":\"2026-03-31\"}");
        stats(insurerOfHer(), "WEEK", "average").body("parameter", nullValue());
    }

    @Test
    void of_groups_of_persons_nothing_about_one_leaves() {
        grants("[{\"code\":\"POPULATION_ONLY\",\"k\":10}]", ANY);
        for (String unit : new String[] {"", "DAY", "WEEK", "MONTH"}) {
            stats(insurerOfHer(), unit, "average").body("parameter", nullValue());
        }
    }

    @Test
    void she_herself_computes_what_she_likes() {
        stats(own().queryParam("patient", person), "DAY", "sum").body("parameter", hasSize(7));
        stats(own().queryParam("patient", person), "", "average,minimum,maximum,sum,count")
                .body("parameter", hasSize(1))
                .body("meta", nullValue())
                .body("parameter[0].resource.component", hasSize(5))
                .body("parameter[0].resource.component[0].valueQuantity.value", equalTo(8193))
                .body("parameter[0].resource.component[1].valueQuantity.value", equalTo(6000))
                .body("parameter[0].resource.component[2].valueQuantity.value", equalTo(10386))
                .body("parameter[0].resource.component[4].valueQuantity.value", equalTo(7));
        own().contentType("application/fhir+json")
                .body("""
                        {"resourceType":"Parameters","parameter":[
                         {"name":"subject","valueUri":"Patient/%s"},
                         {"name":"code","valueString":"55423-8"},{"name":"code","valueString":"41950-7"},
                         {"name":"system","valueUri":"http://loinc.org"},
                         {"name":"period","valuePeriod":{"start":"2026-03-02","end":"2026-03-03"}},
                         {"name":"statistic","valueCode":"maximum"}]}""".formatted(person))
                .post("/fhir/Observation/$stats")
                .then()
                .statusCode(200)
                .body("parameter[0].resource.component[0].valueQuantity.value", equalTo(6731));
    }

    @Test
    void what_cannot_be_computed_is_refused() {
        for (String bad : new String[] {"median", "", "average,none"}) {
            own().queryParam("patient", person)
                    .queryParam("code", "55423-8")
                    .queryParam("statistic", bad)
                    .get("/fhir/Observation/$stats")
                    .then()
                    .statusCode(400);
        }
        own().queryParam("patient", person)
                .get("/fhir/Observation/$stats")
                .then()
                .statusCode(400);
        own().contentType("application/fhir+json")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/fhir/Observation/$stats")
                .then()
                .statusCode(400);
    }

    @Test
    void a_directive_that_permits_two_accesses_a_day_permits_no_third() {
        grants("[{\"code\":\"MAX_FREQUENCY\",\"n\":2,\"unit\":\"DAY\"}]", ANY);
        insurerOfHer().get("/fhir/Observation").then().statusCode(200);
        insurerOfHer().get("/fhir/Observation").then().statusCode(200);
        insurerOfHer().get("/fhir/Observation").then().statusCode(403);
    }

    @Test
    void promises_travel_with_each_resource() {
        grants("[{\"code\":\"NO_ONWARD\"},{\"code\":\"ERASE_BY\",\"instant\":\"2027-12-31T00:00:00+09:00\"}]", ANY);
        insurerOfHer()
                .queryParam("code", STEPS)
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("entry[0].resource.meta.security.code.contains('NORDSCLCD')", equalTo(true))
                .body("entry[0].resource.meta.security.code.contains('DELAU')", equalTo(true));
    }
}
