package phr.gateway.journey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.Fhir;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.authorities.Operator;
import phr.gateway.authorities.Relative;

/** A checkup leaves as one document: to the person, her guardian, and to a clinic as far as she permits. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class CheckupDocumentTest {

    private static final String ECHECKUP = "http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eCheckupGeneral";
    private static final String HBS = "5F016141002399811";
    private static final String CODES =
            "entry.resource.findAll { it.resourceType == 'Observation' }.code.coding.flatten().code";
    private static final String TYPES = "entry.resource.resourceType";
    private static final String CHECKUPS_ONLY =
            Cast.SAKURA_MAY_READ.replace("\"ALL\"", "[{\"category\":[\"checkup-specific\"]}]");
    private static final Person CARD = People.HANAKO.withKanji("試験 市民72").withKana("シケン シミン");

    private String token = "";
    private String person = "";
    private String visit = "";

    @BeforeEach
    void has_a_checkup() {
        token = Tokens.citizen("citizen-72", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        Cast.revokeEverything(token);
        her().contentType("application/octet-stream")
                .body(checkup(CARD))
                .post("/ingest/{person}", person)
                .then()
                .statusCode(is(org.hamcrest.Matchers.oneOf(200, 201)));
        visit = visit(her(), person);
    }

    private static byte[] checkup(Person card) {
        return Checkup.of(card)
                .on(LocalDate.of(2025, 6, 2))
                .ticket("25000012345")
                .item("9N001000000000001", "158.2")
                .item("3D046000001906202", "5.4")
                .item(HBS, "2")
                .item("9A110160700000011", "1")
                .item("9A110160800000049", "軽度の洞性徐脈")
                .item("9N056000000000011", "1")
                .item("9N056160400000049", "小児喘息")
                .item("9N511000000000049", "食事に注意")
                .physician("見本 一郎")
                .item("9N736000000000011", "2")
                .item(Checkups.UNKNOWN_ITEM, "見本の追加検査")
                .xml();
    }

    private RequestSpecification her() {
        return Http.as(token, "PATRQT");
    }

    private static RequestSpecification doctor() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }

    private static String visit(RequestSpecification who, String patient) {
        return who.queryParam("patient", patient)
                .queryParam("class", "checkup")
                .get("/fhir/Encounter")
                .then()
                .statusCode(200)
                .extract()
                .path("entry[0].resource.id");
    }

    private static ValidatableResponse echeckup(RequestSpecification who, String visit) {
        return who.queryParam("profile", ECHECKUP)
                .get("/fhir/Composition/{id}/$document", visit)
                .then();
    }

    @Test
    void she_takes_her_checkup_in_the_form_of_the_field() {
        String text = echeckup(her(), visit)
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("type", equalTo("document"))
                .body("meta.profile", contains(ECHECKUP))
                .body("meta.tag", nullValue())
                .body("identifier.value", startsWith("1310000019^20"))
                .body("entry[0].resource.resourceType", equalTo("Composition"))
                .body("entry.fullUrl", everyItem(startsWith("urn:uuid:")))
                .body(
                        "entry.resource.findAll { it.resourceType == 'Patient' }.identifier.flatten().value",
                        contains("06139999:１２３:４５６７:02"))
                .body(TYPES, hasItems("Encounter", "Organization", "Practitioner", "Coverage"))
                .body(CODES, hasItems("9N001000000000001", HBS, "9A110", "9N736000000000011"))
                .body(CODES, not(hasItem(Checkups.UNKNOWN_ITEM)))
                .body("entry[0].resource.section.code.coding.flatten().code", contains("01011", "01012", "01990"))
                .body(
                        "entry[0].resource.extension.extension.flatten().findAll { it?.url == 'rule' }.valueCode",
                        hasItem("ECF-1"))
                .extract()
                .asString();
        Bundle document = Fhir.json().parseResource(Bundle.class, text);
        assertTrue(document.getEntry().size() > 10);
        her().queryParam("patient", person)
                .queryParam("code", Checkups.UNKNOWN_ITEM)
                .get("/fhir/Observation")
                .then()
                .body("entry", hasSize(greaterThan(0)));
        her().get("/audit/" + person).then().statusCode(200).body("action[0]", equalTo("read"));
    }

    @Test
    void without_profile_it_is_everything_as_it_is_stored() {
        String text = her().get("/fhir/Composition/{id}/$document", visit)
                .then()
                .statusCode(200)
                .body("meta.profile", nullValue())
                .body("entry[0].fullUrl", equalTo(Stack.BASE + "/Composition/" + visit))
                .body(TYPES, hasItems("DocumentReference", "Coverage", "Patient", "Encounter"))
                .body(TYPES, not(hasItem("Provenance")))
                .body(CODES, hasItems(Checkups.UNKNOWN_ITEM, "9N056160400000049"))
                .extract()
                .asString();
        Bundle document = Fhir.json().parseResource(Bundle.class, text);
        String observation = document.getEntry().stream()
                .map(entry -> entry.getResource())
                .filter(resource -> resource.fhirType().equals("Observation"))
                .findFirst()
                .orElseThrow()
                .getIdElement()
                .getIdPart();
        String single = her().get("/fhir/Observation/{id}", observation)
                .then()
                .extract()
                .asString();
        assertTrue(text.contains(single), "not the bytes of a read");
    }

    @Test
    void the_document_comes_back_into_a_record_as_the_same_results() {
        Citizen other = Citizen.named("citizen-74");
        byte[] file = checkup(CARD.withKanji("試験 市民74"));
        other.uploads(file).statusCode(org.hamcrest.Matchers.oneOf(200, 201));
        String theirs = visit(other.asks(), other.id());

        for (int time = 0; time < 2; time++) {
            String document =
                    echeckup(other.asks(), theirs).statusCode(200).extract().asString();
            other.asks()
                    .contentType("application/fhir+json")
                    .body(document)
                    .post("/ingest/{person}", other.id())
                    .then()
                    .statusCode(org.hamcrest.Matchers.oneOf(200, 201))
                    .body("format", equalTo("fhir"))
                    .body("outcome.issue.findAll { it.severity == 'error' }", empty());
            other.searches("Observation", Map.of("code", "9N001000000000001"))
                    .body("entry.resource.valueQuantity.value.collect { it.toString() }", contains("158.2", "158.2"));
        }
    }

    @Test
    void a_clinic_gets_what_she_permits_and_the_document_does_not_tell_whether_there_is_more() {
        String patient = Cast.introduce(token, person, Clinic.SAKURA);
        Cast.grant(token, CHECKUPS_ONLY);

        for (String profile : new String[] {ECHECKUP, null}) {
            RequestSpecification asks = doctor();
            String text = (profile == null ? asks : asks.queryParam("profile", profile))
                    .get("/fhir/Composition/{id}/$document", visit)
                    .then()
                    .statusCode(200)
                    .body("meta.tag.code", contains("may-be-incomplete"))
                    .body(CODES, hasItems("9N001000000000001", "9A110"))
                    .body(CODES, not(hasItem(HBS)))
                    .body(TYPES, not(hasItem("Coverage")))
                    .body(TYPES, not(hasItem("DocumentReference")))
                    .body("entry.resource.findAll { it.resourceType == 'Patient' }.id", contains(patient))
                    .extract()
                    .asString();
            assertFalse(text.contains(person), "her own id left");
            assertFalse(text.contains("４５６７"), "her insurance left");
            assertTrue(text.contains(patient));
        }
        her().get("/audit/" + person)
                .then()
                .body("organisation[0]", equalTo(Clinic.SAKURA))
                .body("outcome[0]", equalTo("PERMIT"));
    }

    @Test
    void without_consent_there_is_no_such_document() {
        Cast.introduce(token, person, Clinic.SAKURA);
        String unknown = doctor().get("/fhir/Composition/{id}/$document", UUID.randomUUID())
                .then()
                .statusCode(404)
                .extract()
                .asString();
        assertEquals(
                unknown, echeckup(doctor(), visit).statusCode(404).extract().asString(), "never granted");
        Cast.grant(token, Cast.SAKURA_MAY_READ.replace("\"ALL\"", "[{\"category\":[\"lab\"]}]"));
        assertEquals(
                unknown, echeckup(doctor(), visit).statusCode(404).extract().asString(), "results without visit");
        Cast.revokeEverything(token);
        String granted = Cast.grant(token, CHECKUPS_ONLY);
        echeckup(doctor(), visit).statusCode(200);
        her().contentType("application/json")
                .body("{}")
                .post("/consents/{id}/$revoke", granted)
                .then()
                .statusCode(200);
        assertEquals(
                unknown, echeckup(doctor(), visit).statusCode(404).extract().asString(), "revoked");
        echeckup(Http.as(Tokens.citizen("citizen-36", "patient/*.cruds"), "PATRQT"), visit)
                .statusCode(404);
    }

    @Test
    void scopes_narrow_it() {
        echeckup(Http.as(Tokens.citizen("citizen-72", "patient/Observation.rs"), "PATRQT"), visit)
                .statusCode(404);
    }

    @Test
    void a_guardian_takes_the_document_of_her_child() {
        Relative mother = Relative.named("citizen-73");
        Relative.Child child = mother.registersChild("2016-04-08");
        Operator.verifies(child.authority()).statusCode(200);
        Person card = CARD.withKanji("試験 子").withKana("シケン コ").withBirthDate(LocalDate.of(2016, 4, 8));
        mother.uploads(child.id(), checkup(card)).statusCode(201);
        String childsVisit = visit(mother.asks(), child.id());

        echeckup(mother.asks(), childsVisit)
                .statusCode(200)
                .body("meta.tag.code", contains("may-be-incomplete"))
                .body("entry.resource.findAll { it.resourceType == 'Patient' }.birthDate", contains("2016-04-08"))
                .body(CODES, hasItem("9N001000000000001"));
        echeckup(her(), childsVisit).statusCode(404);
    }

    @Test
    void a_visit_that_is_no_checkup_has_no_document() {
        her().contentType("application/fhir+json")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":"
                        + "\"Encounter\",\"id\":\"visit-72\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},"
                        + "\"period\":{\"start\":\"2024-01-05\",\"end\":\"2024-01-05\"},\"subject\":{\"reference\":\"Patient/"
                        + person
                        + "\"}}}]}")
                .post("/ingest/{person}", person)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
        String other = her().queryParam("patient", person)
                .queryParam("date", "2024-01-05")
                .get("/fhir/Encounter")
                .then()
                .extract()
                .path("entry[0].resource.id");
        her().get("/fhir/Encounter/{id}", other).then().statusCode(200);
        her().get("/fhir/Composition/{id}/$document", other).then().statusCode(404);
        her().get("/fhir/Composition/not-an-id/$document").then().statusCode(404);
        her().get("/fhir/Composition/{id}", visit).then().statusCode(404);
    }

    @Test
    void what_is_larger_than_any_checkup_is_refused() {
        Citizen other = Citizen.named("citizen-75");
        String patient = "urn:uuid:00000000-0000-4000-8000-000000000001";
        String stay = "urn:uuid:00000000-0000-4000-8000-000000000002";
        StringBuilder bundle = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"document\",\"entry\":[")
                .append(entry(
                        "urn:uuid:00000000-0000-4000-8000-000000000000",
                        "\"resourceType\":\"Composition\","
                                + "\"category\":[{\"coding\":[{\"system\":\"urn:oid:2.16.840.1.113883.2.2.1.6.1001\",\"code\":\"10\"}]}],"
                                + "\"subject\":{\"reference\":\"" + patient + "\"},\"encounter\":{\"reference\":\""
                                + stay + "\"}"))
                .append(',')
                .append(entry(
                        patient,
                        "\"resourceType\":\"Patient\",\"gender\":\"female\",\"birthDate\":\"1980-05-10\","
                                + "\"name\":[{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation\","
                                + "\"valueCode\":\"SYL\"}],\"text\":\"シケン シミン\"}]"))
                .append(',')
                .append(entry(
                        stay,
                        "\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"system\":"
                                + "\"http://jpfhir.jp/fhir/eCheckup/CodeSystem/encounter-category\",\"code\":\"checkup\"},"
                                + "\"subject\":{\"reference\":\"" + patient + "\"},"
                                + "\"period\":{\"start\":\"2025-06-02\",\"end\":\"2025-06-02\"}"));
        for (int i = 0; i < 2001; i++) {
            bundle.append(',')
                    .append(
                            entry(
                                    "urn:uuid:" + new UUID(75, i),
                                    "\"resourceType\":\"Observation\","
                                            + "\"status\":\"final\",\"subject\":{\"reference\":\"" + patient + "\"},"
                                            + "\"effectiveDateTime\":\"2025-06-02\",\"valueQuantity\":{\"value\":" + i
                                            + ",\"unit\":\"cm\"},"
                                            + "\"code\":{\"coding\":[{\"system\":\"urn:oid:1.2.392.200119.6.1005\",\"code\":\"9N001000000000001\"}]}"));
        }
        other.uploads(bundle.append("]}").toString().getBytes(StandardCharsets.UTF_8))
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));

        echeckup(other.asks(), visit(other.asks(), other.id()))
                .statusCode(413)
                .body("issue[0].details.coding[0].code", equalTo("DOC-1"));
    }

    private static String entry(String address, String resource) {
        return "{\"fullUrl\":\"" + address + "\",\"resource\":{" + resource + "}}";
    }

    @ParameterizedTest
    @CsvSource({
        "graph=http://example.org/g, http.graph",
        "profile=http://example.org/p, http.profile",
        "profile=, http.profile",
        "persist=true, http.persist",
        "_profile=x, http._profile",
        "_format=xml, http._format"
    })
    void what_is_not_understood_is_refused_and_located(String parameter, String where) {
        her().urlEncodingEnabled(false)
                .get("/fhir/Composition/" + visit + "/$document?" + parameter)
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].expression[0]", containsString(where));
    }
}
