package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Heart rates of one night in both views (lifelog.md §5), and found by their value. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DenseViewsTest {

    private static final String DATA = "entry.resource.findAll { it.valueSampledData != null }";

    private String token;
    private String person;
    private String patient;

    /** Every minute from 22:30 on 2026-03-02 to 01:29, 60 to 239. */
    @BeforeEach
    void a_night() {
        token = Tokens.citizen("citizen-59", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        patient = Cast.introduce(token, person, "sakura-clinic");
        Cast.revokeEverything(token);
        String entries = IntStream.range(0, 180)
                .mapToObj(i -> """
                        {"resource":{"resourceType":"Observation","status":"final",
                         "identifier":[{"system":"urn:example:watch-59","value":"%d"}],
                         "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
                         "effectiveDateTime":"2026-03-%sT%02d:%02d:00+09:00",
                         "valueQuantity":{"value":%d,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}}""".formatted(i, i < 90 ? "02" : "03", (22 + (i + 30) / 60) % 24, (i + 30) % 60, 60 + i))
                .collect(Collectors.joining(","));
        String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + entries + "]}";
        own().contentType("application/octet-stream")
                .body(bundle.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}/fhir", person);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private RequestSpecification clinic() {
        return Http.as(Tokens.drSato("user/*.cruds"), "TREAT");
    }

    private static ValidatableResponse observations(RequestSpecification caller, String patient, String... parameters) {
        caller.queryParam("patient", patient).queryParam("code", "http://loinc.org|8867-4");
        for (String parameter : parameters) {
            int is = parameter.indexOf('=');
            caller.queryParam(parameter.substring(0, is), parameter.substring(is + 1));
        }
        return caller.get("/fhir/Observation").then();
    }

    @Test
    void each_sample_or_each_day() {
        observations(own(), person, "_summary=count").body("total", equalTo(180));
        observations(own(), person, "_summary=count", "_dense=each").body("total", equalTo(180));
        ValidatableResponse days = observations(own(), person, "_dense=sampled", "_total=accurate", "_sort=date")
                .statusCode(200)
                .body("total", equalTo(4))
                .body("entry", hasSize(4))
                .body(DATA, hasSize(2))
                .body(DATA + "[0].effectivePeriod.start", equalTo("2026-03-02T22:30:00+09:00"))
                .body(DATA + "[0].effectivePeriod.end", equalTo("2026-03-03T00:00:00+09:00"))
                .body(DATA + "[0].valueSampledData.data.split(' ').size()", equalTo(90))
                .body(DATA + "[1].valueSampledData.data.split(' ').last()", equalTo("239"));
        String id = days.extract().path(DATA + "[0].id");
        own().get("/fhir/Observation/" + id)
                .then()
                .statusCode(200)
                .body("valueSampledData.period", equalTo(60_000))
                .body("subject.reference", equalTo("Patient/" + person));
        own().get("/fhir/Patient/{id}/$everything", person)
                .then()
                .statusCode(200)
                .body("entry.resource.id", hasItem(id))
                .body("entry.resource.findAll { it.resourceType == 'Observation' }", hasSize(4));
        own().queryParam("_dense", "each")
                .get("/fhir/Patient/{id}/$everything", person)
                .then()
                .statusCode(200)
                .body("entry.resource.findAll { it.resourceType == 'Observation' }", hasSize(180));
        observations(own(), person, "_dense=both")
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("http._dense"));
    }

    @Test
    void a_clinic_gets_what_it_may_see_of_the_day() {
        Cast.grant(token, """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/sakura-clinic"}],
                 "purposes":["TREAT"],"actions":["read"],"countries":["JP"],"selectors":"ALL",
                 "labels":{"max":"N","sensitivities":[]},
                 "dataPeriod":{"start":"2026-03-03","end":"2026-03-31"}}""");
        String hidden = observations(own(), person, "_dense=sampled", "_sort=date")
                .extract()
                .path(DATA + "[0].id");
        ValidatableResponse seen = observations(clinic(), patient, "_dense=sampled")
                .statusCode(200)
                .body("entry", hasSize(2))
                .body("entry.resource.id", not(hasItem(hidden)))
                .body(DATA + "[0].subject.reference", equalTo("Patient/" + patient));
        clinic().get("/fhir/Observation/" + hidden).then().statusCode(404);
        clinic().get("/fhir/Observation/" + seen.extract().<String>path("entry[0].resource.id"))
                .then()
                .statusCode(200);
        Cast.revokeEverything(token);
        clinic().get("/fhir/Observation/" + seen.extract().<String>path("entry[0].resource.id"))
                .then()
                .statusCode(404);
    }

    @Test
    void samples_are_found_by_value() {
        observations(own(), person, "value-quantity=ge235||/min", "_total=accurate")
                .statusCode(200)
                .body("total", equalTo(5))
                .body("entry.resource.valueQuantity.value.min()", equalTo(235));
        observations(own(), person, "value-quantity=gt100", "value-quantity=lt102")
                .body("entry", hasSize(1));
        observations(own(), person, "value-quantity=high")
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("http.value-quantity"));
        observations(own(), person, "value-quantity=ge235", "_count=3")
                .body("entry", hasSize(3))
                .body("link.relation", hasItem("next"));
    }

    @Test
    void statistics_are_those_of_the_samples() {
        own().queryParam("patient", person)
                .queryParam("coding", "http://loinc.org|8867-4")
                .queryParam("unit", "DAY")
                .queryParam("statistic", "average,minimum,maximum,sum,count")
                .get("/fhir/Observation/$stats")
                .then()
                .statusCode(200)
                .body("parameter", hasSize(2))
                .body(
                        "parameter[0].resource.component.valueQuantity.value",
                        equalTo(List.of(104.5f, 60, 149, 9405, 90)))
                .body("parameter[1].resource.effectivePeriod.start", equalTo("2026-03-03"));
    }
}
