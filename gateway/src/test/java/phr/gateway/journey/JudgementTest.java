package phr.gateway.journey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.Fhir;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.jp.Generation;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** The person looks up which published thresholds her checkups have reached; her doctor as far as she permits. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class JudgementTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final Person CARD = People.HANAKO.withKanji("試験 市民71").withKana("シケン シミン");
    private static final String SYSTOLIC = "9A751000000000001";
    private static final String DIASTOLIC = "9A761000000000001";
    private static final String HDL = "3F070000002327101";
    private static final String HBA1C = "3D046000001906202";
    private static final String HAEMOGLOBIN = "2A030000001930101";

    private static final byte[] OF_2025 = Checkup.of(CARD)
            .on(LocalDate.of(2025, 6, 2))
            .item("9N001000000000001", "158.2")
            .item(SYSTOLIC, "148")
            .flag("N")
            .item(DIASTOLIC, "84")
            .item(HDL, "33")
            .item(HBA1C, "5.6")
            .item(HAEMOGLOBIN, "12.0")
            .xml();

    private static final byte[] OF_2019 = Checkup.of(CARD)
            .by(Generation.FY2018)
            .on(LocalDate.of(2019, 6, 3))
            .item(SYSTOLIC, "118")
            .item(HDL, "33")
            .xml();

    private static final byte[] OF_2015 = Checkup.of(CARD)
            .by(Generation.FY2018)
            .on(LocalDate.of(2015, 6, 1))
            .item(SYSTOLIC, "180")
            .xml();

    private Citizen citizen;

    @BeforeEach
    void has_three_checkups() {
        Cast.organisations();
        citizen = Citizen.named("citizen-71");
        citizen.uploads(OF_2025);
        citizen.uploads(OF_2019);
        citizen.uploads(OF_2015);
        Cast.revokeEverything(Tokens.citizen("citizen-71", "patient/*.cruds"));
    }

    private static ValidatableResponse judgement(RequestSpecification caller, String patient, String... more) {
        caller.queryParam("patient", patient);
        for (int i = 0; i < more.length; i += 2) {
            caller.queryParam(more[i], more[i + 1]);
        }
        return caller.get("/fhir/Observation/$judgement").then();
    }

    /** Path to a part of the judgement of an item in a year. */
    private static String part(String item, String year, String rest) {
        return "parameter.findAll { it.name == 'judgement' }.part.find { parts ->"
                + " parts.find { it.name == 'item' }.valueCoding.code == '" + item + "' &&"
                + " parts.find { it.name == 'effective' }.valueDateTime.startsWith('" + year + "') }"
                + ".find { it.name == '" + rest.split("\\.", 2)[0] + "' }"
                + (rest.contains(".") ? "." + rest.split("\\.", 2)[1] : "");
    }

    private static ValidatableResponse outcome(ValidatableResponse answer, String item, String year, String outcome) {
        return answer.body(part(item, year, "outcome.valueCoding.code"), equalTo(outcome));
    }

    @Test
    void she_sees_each_result_beside_the_table_of_its_day_and_that_it_is_no_diagnosis() {
        String stored =
                citizen.searches("Observation", Map.of("_count", 100)).extract().asString();

        ValidatableResponse answer = judgement(citizen.asks(), citizen.id()).statusCode(200);

        answer.contentType("application/fhir+json")
                .body("resourceType", equalTo("Parameters"))
                .body("parameter[0].name", equalTo("disclaimer"))
                .body("parameter[0].valueString", containsString("診断ではありません"))
                .body("parameter.findAll { it.name == 'judgement' }", hasSize(8))
                .body("parameter.name", not(hasItem("next")));
        outcome(answer, SYSTOLIC, "2025", "referral")
                .body(part(SYSTOLIC, "2025", "value.valueQuantity.value"), equalTo(148))
                .body(part(SYSTOLIC, "2025", "series.valueCoding.code"), equalTo("systolic-blood-pressure"))
                .body(part(SYSTOLIC, "2025", "referral.valueQuantity.value"), equalTo(140))
                .body(part(SYSTOLIC, "2025", "referral.valueQuantity.comparator"), equalTo(">="))
                .body(part(SYSTOLIC, "2025", "guidance.valueQuantity.value"), equalTo(130))
                .body(part(SYSTOLIC, "2025", "table.valueString"), equalTo("hc24"))
                .body(part(SYSTOLIC, "2025", "source.valueString"), containsString("令和6年度版"))
                .body(part(SYSTOLIC, "2025", "single-source.valueBoolean"), equalTo(false));
        outcome(answer, DIASTOLIC, "2025", "none");
        outcome(answer, HBA1C, "2025", "guidance");
        outcome(answer, HAEMOGLOBIN, "2025", "guidance")
                .body(part(HAEMOGLOBIN, "2025", "sex.valueCode"), equalTo("female"))
                .body(part(HAEMOGLOBIN, "2025", "single-source.valueBoolean"), equalTo(true));
        outcome(answer, SYSTOLIC, "2019", "none").body(part(SYSTOLIC, "2019", "table.valueString"), equalTo("hc18"));
        outcome(answer, HDL, "2019", "referral");
        outcome(answer, HDL, "2025", "guidance").body(part(HDL, "2025", "referral"), nullValue());
        outcome(answer, SYSTOLIC, "2015", "undecided")
                .body(part(SYSTOLIC, "2015", "reason.valueCoding.code"), equalTo("no-table"))
                .body(part(SYSTOLIC, "2015", "table"), nullValue());

        Parameters parameters =
                Fhir.json().parseResource(Parameters.class, answer.extract().asString());
        assertEquals(9, parameters.getParameter().size());
        assertEquals(
                stored,
                citizen.searches("Observation", Map.of("_count", 100)).extract().asString(),
                "what the sender stated stays");
        assertTrue(stored.contains("\"N\""));
    }

    @Test
    void a_search_narrows_it_and_pages_together_are_the_whole() {
        judgement(citizen.asks(), citizen.id(), "date", "ge2025", "code", "urn:oid:1.2.392.200119.6.1005|" + HDL)
                .statusCode(200)
                .body("parameter.findAll { it.name == 'judgement' }", hasSize(1));
        judgement(citizen.asks(), citizen.id(), "code", "9N001000000000001")
                .statusCode(200)
                .body("parameter.name", contains("disclaimer"));
        citizen.asks()
                .contentType("application/fhir+json")
                .body("""
                        {"resourceType":"Parameters","parameter":[{"name":"patient","valueString":"%s"},
                         {"name":"date","valueString":"lt2019"}]}""".formatted(citizen.id()))
                .post("/fhir/Observation/$judgement")
                .then()
                .statusCode(200)
                .body("parameter.findAll { it.name == 'judgement' }", hasSize(1));

        List<String> whole = references(judgement(citizen.asks(), citizen.id()));
        List<String> paged = new ArrayList<>();
        String next = Stack.BASE + "/Observation/$judgement?_count=3&patient=" + citizen.id();
        while (next != null) {
            ValidatableResponse page = citizen.asks()
                    .urlEncodingEnabled(false)
                    .get(next.replace(Stack.BASE, "/fhir"))
                    .then()
                    .statusCode(200)
                    .body("parameter.find { it.name == 'disclaimer' }", notNullValue());
            paged.addAll(references(page));
            next = page.extract().path("parameter.find { it.name == 'next' }?.valueUri");
        }
        assertEquals(whole, paged);
    }

    private static List<String> references(ValidatableResponse page) {
        return page.extract()
                .path("parameter.findAll { it.name == 'judgement' }"
                        + ".collect { it.part.find { it.name == 'observation' }.valueReference.reference }");
    }

    @Test
    void what_is_not_known_is_refused_with_its_place() {
        for (String unknown : new String[] {"gender", "_sort", "_include", "_summary", "_dense"}) {
            judgement(citizen.asks(), citizen.id(), unknown, "female")
                    .statusCode(400)
                    .body("issue[0].code", equalTo("not-supported"))
                    .body("issue[0].expression[0]", equalTo("http." + unknown));
        }
        citizen.asks().get("/fhir/Observation/$judgement").then().statusCode(400);
        judgement(citizen.asks(), citizen.id(), "_cursor", "x").statusCode(400);
        citizen.asks()
                .contentType("application/fhir+json")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/fhir/Observation/$judgement")
                .then()
                .statusCode(400);
    }

    @Test
    void her_doctor_sees_it_when_she_permits_and_what_needs_her_sex_only_with_her_sex() {
        String patient = citizen.introducesHerselfTo("sakura-clinic");
        judgement(doctor("user/*.rs"), patient).statusCode(403);

        String consent = citizen.grants(
                "sakura-clinic", TODAY.toString(), TODAY.plusMonths(3).toString(), "checkup-specific");

        ValidatableResponse all = judgement(doctor("user/*.rs"), patient)
                .statusCode(200)
                .body("meta.tag.code", contains("may-be-incomplete"));
        outcome(all, SYSTOLIC, "2025", "referral");
        outcome(all, HAEMOGLOBIN, "2025", "guidance");
        assertTrue(!all.extract().asString().contains(citizen.id()), "her own id stays hers");

        ValidatableResponse blind =
                judgement(doctor("user/Observation.rs"), patient).statusCode(200);
        outcome(blind, SYSTOLIC, "2025", "referral");
        outcome(blind, HAEMOGLOBIN, "2025", "undecided")
                .body(part(HAEMOGLOBIN, "2025", "reason.valueCoding.code"), equalTo("sex-unknown"))
                .body(part(HAEMOGLOBIN, "2025", "sex"), nullValue())
                .body(part(HAEMOGLOBIN, "2025", "guidance"), nullValue());

        citizen.accessLog().statusCode(200).body(containsString("judgement Observation"));
        citizen.revokes(consent).statusCode(200);
        judgement(doctor("user/*.rs"), patient).statusCode(403);
    }

    private static RequestSpecification doctor(String scope) {
        return Http.as(Tokens.drSato(scope), "TREAT");
    }
}
