package phr.gateway.journey;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Her trend of one quantity over the years, whatever the method of each laboratory, in one call (checkup-cda.md §9). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SeriesOfCheckupsTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final Person CARD = People.HANAKO.withKanji("試験 市民72").withKana("シケン シミン");
    private static final String SETS = "https://phr-gateway.example/fhir/ValueSet/checkup-concept-";
    private static final String ITEM = "urn:oid:1.2.392.200119.6.1005|";
    private static final String LDL_VISIBLE = "3F077000002327101";
    private static final String LDL_UV = "3F077000002327201";
    private static final String LDL_CALCULATED = "3F077000002391901";

    private Citizen citizen;

    @BeforeEach
    void was_measured_by_another_method_each_year() {
        Cast.organisations();
        citizen = Citizen.named("citizen-76");
        citizen.uploads(Checkup.of(CARD)
                .on(LocalDate.of(2024, 6, 3))
                .item(LDL_VISIBLE, "120")
                .item("3F015000002327101", "90")
                .xml());
        citizen.uploads(Checkup.of(CARD)
                .on(LocalDate.of(2025, 6, 2))
                .quantity(LDL_UV, "130", "mg/dl")
                .item("3F015129902327101", "180")
                .xml());
        citizen.uploads(Checkup.of(CARD)
                .on(LocalDate.of(2026, 6, 1))
                .item(LDL_CALCULATED, "140")
                .item("3F069000002391901", "170")
                .xml());
        Cast.revokeEverything(Tokens.citizen("citizen-76", "patient/*.cruds"));
    }

    private static ValidatableResponse stats(RequestSpecification caller, String patient, String series) {
        return caller.queryParam("patient", patient)
                .queryParam("code:in", SETS + series)
                .queryParam("statistic", "average,minimum,maximum,count")
                .get("/fhir/Observation/$stats")
                .then();
    }

    @Test
    void a_search_finds_the_whole_series_and_nothing_that_must_stay_apart() {
        for (String set : new String[] {
            SETS + "ldl-cholesterol", SETS + "ldl-cholesterol|0.1.0", "ValueSet/checkup-concept-ldl-cholesterol"
        }) {
            citizen.searches("Observation", Map.of("code:in", set, "_total", "accurate"))
                    .statusCode(200)
                    .body("total", equalTo(3))
                    .body(
                            "entry.resource.code.coding.flatten().code",
                            containsInAnyOrder(LDL_VISIBLE, LDL_UV, LDL_CALCULATED));
        }
        citizen.searches("Observation", Map.of("combo-code:in", SETS + "triglycerides-fasting"))
                .body("entry.resource.code.coding.flatten().code", containsInAnyOrder("3F015000002327101"));
        citizen.searches(
                        "Observation",
                        Map.of("code:in", SETS + "ldl-cholesterol," + SETS + "non-hdl-cholesterol", "date", "ge2025"))
                .body("entry", hasSize(3));
        citizen.searches("Observation", Map.of("code:in", SETS + "hba1c")).body("entry", nullValue());
    }

    @Test
    void statistics_of_the_series_are_one_result_by_period_and_one_a_unit_of_time() {
        stats(citizen.asks(), citizen.id(), "ldl-cholesterol")
                .statusCode(200)
                .body("parameter", hasSize(1))
                .body("parameter[0].resource.code.coding[0].code", equalTo("ldl-cholesterol"))
                .body(
                        "parameter[0].resource.code.coding[0].system",
                        equalTo("https://phr-gateway.example/fhir/CodeSystem/checkup-concept"))
                .body("parameter[0].resource.component.valueQuantity.value", equalTo(List.of(130, 120, 140, 3)));
        citizen.asks()
                .contentType("application/fhir+json")
                .body("""
                        {"resourceType":"Parameters","parameter":[{"name":"patient","valueString":"%s"},
                         {"name":"code:in","valueUri":"%sldl-cholesterol"},{"name":"unit","valueCode":"MONTH"},
                         {"name":"statistic","valueCode":"average"}]}""".formatted(citizen.id(), SETS))
                .post("/fhir/Observation/$stats")
                .then()
                .statusCode(200)
                .body("parameter", hasSize(3))
                .body("parameter.resource.component.flatten().valueQuantity.value", equalTo(List.of(120, 130, 140)));
    }

    @Test
    void an_address_that_is_no_value_set_of_ours_is_refused_with_its_place() {
        for (String unknown : new String[] {
            "http://hl7.org/fhir/ValueSet/observation-codes", "", SETS + "ldl-cholesterol|7", SETS + "ldl-cholesterol,x"
        }) {
            citizen.searches("Observation", Map.of("code:in", unknown))
                    .statusCode(400)
                    .body("issue[0].details.coding[0].code", equalTo("SRCH-4"))
                    .body("issue[0].expression[0]", equalTo("http.code:in"));
        }
        String whole = "https://phr-gateway.example/fhir/ValueSet/lifelog-code";
        citizen.searches("Observation", Map.of("code:in", (whole + ",").repeat(40) + whole))
                .statusCode(400)
                .body("issue[0].details.coding[0].code", equalTo("SRCH-2"));
        citizen.searches("Observation", Map.of("status:in", SETS + "hba1c"))
                .statusCode(400)
                .body("issue[0].details.coding[0].code", equalTo("SRCH-1"));
        // What is no series is not added up.
        citizen.asks()
                .queryParam("patient", citizen.id())
                .queryParam("code:in", whole)
                .queryParam("statistic", "average")
                .get("/fhir/Observation/$stats")
                .then()
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("http.code:in"));
    }

    @Test
    void a_recipient_gets_of_the_series_what_the_person_permits() {
        String patient = citizen.introducesHerselfTo("sakura-clinic");
        Cast.grant(Tokens.citizen("citizen-76", "patient/*.cruds"), """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/sakura-clinic"}],
                 "purposes":["TREAT"],"actions":["read"],"countries":["JP"],
                 "selectors":[{"code":["%s%s"]}],"labels":{"max":"N","sensitivities":[]},"dataPeriod":"ANY",
                 "validity":{"start":"%s","end":"%s"},"grantor":{"capacity":"SELF"}}""".formatted(
                        ITEM, LDL_UV, TODAY, TODAY.plusMonths(3)));

        doctor().queryParam("patient", patient)
                .queryParam("code:in", SETS + "ldl-cholesterol")
                .queryParam("_total", "accurate")
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("entry.resource.code.coding.flatten().code", containsInAnyOrder(LDL_UV));
        stats(doctor(), patient, "ldl-cholesterol")
                .body("parameter[0].resource.component.valueQuantity.value", equalTo(List.of(130, 130, 130, 1)));
    }

    private static RequestSpecification doctor() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }
}
