package phr.gateway.journey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What hospitals give out as FHIR on its way: uploaded, read by the person, and by a clinic as far as she permits. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ClinicalDocumentsTest {

    private static final String PERSON = "urn:uuid:00000000-0000-4000-8000-000000000001";
    private static final String ICD = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";
    private static final String INFECTION =
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS";

    private static String bundle(String born) {
        String patient = """
                {"resourceType":"Patient","name":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
                 "valueCode":"SYL"}],"text":"シケン シミン"}],"gender":"female","birthDate":"%s"}""".formatted(born);
        return """
                {"resourceType":"Bundle","type":"collection","identifier":{"system":"http://jpfhir.jp/fhir/clins/bundle-identifier",
                 "value":"1318814790^2025^D-0001"},"entry":[{"fullUrl":"%s","resource":%s},%s]}""".formatted(
                        PERSON,
                        patient,
                        String.join(
                                ",",
                                condition("hypertension", "I10"),
                                condition("depression", "F329"),
                                hiv(),
                                medicine(),
                                vaccination()));
    }

    private static String condition(String id, String code) {
        return entry("""
                {"resourceType":"Condition","id":"%s","clinicalStatus":{"coding":[{"code":"active",
                 "system":"http://terminology.hl7.org/CodeSystem/condition-clinical"}]},"code":{"coding":[{"system":"%s","code":"%s"}]},
                 "onsetDateTime":"2024-11-05","subject":{"reference":"%s"}}""".formatted(id, ICD, code, PERSON));
    }

    private static String hiv() {
        return entry("""
                {"resourceType":"Observation","id":"hiv","status":"final","code":{"coding":[{"system":"%s","code":"HIV-1P2-AB-RESULT"}]},
                 "category":[{"coding":[{"system":"http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS","code":"laboratory"}]}],
                 "effectiveDateTime":"2025-04-30","valueString":"-","subject":{"reference":"%s"}}""".formatted(INFECTION, PERSON));
    }

    private static String medicine() {
        return entry("""
                {"resourceType":"MedicationRequest","id":"rx","status":"completed","intent":"order","authoredOn":"2025-04-30",
                 "medicationCodeableConcept":{"coding":[{"system":"urn:oid:1.2.392.100495.20.2.73","code":"2171022F1010"}]},
                 "subject":{"reference":"%s"}}""".formatted(PERSON));
    }

    private static String vaccination() {
        return entry("""
                {"resourceType":"Immunization","id":"flu","status":"completed","occurrenceDateTime":"2024-11-20",
                 "vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"patient":{"reference":"%s"}}""".formatted(PERSON));
    }

    private static String entry(String resource) {
        return "{\"resource\":" + resource + "}";
    }

    @Test
    void what_she_uploads_she_finds_under_either_system_and_a_clinic_sees_what_is_not_sensitive() {
        Cast.organisations();
        String token = Tokens.citizen("citizen-78", "patient/*.cruds");
        String her = Cast.register(token);

        upload(token, her, bundle("1980-05-10"))
                .statusCode(201)
                .body("format", equalTo("fhir"))
                .body("documents[0].result", equalTo("mapped"))
                .body("outcome.issue.findAll { it.severity == 'error' || it.severity == 'warning' }", empty());
        upload(token, her, bundle("1980-05-10")).statusCode(200).body("stored.created", equalTo(0));

        search(token, her, "Condition", Map.of("code", ICD + "|I10")).body("entry", hasSize(1));
        search(token, her, "Condition", Map.of()).body("entry", hasSize(2));
        for (String system :
                new String[] {"urn:oid:1.2.392.100495.20.2.73", "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code"
                }) {
            search(
                            token,
                            her,
                            "MedicationRequest",
                            Map.of("code", system + "|2171022F1010", "authoredon", "2025-04-30"))
                    .body("entry", hasSize(1));
        }
        search(token, her, "Immunization", Map.of("vaccine-code", "140", "date", "2024-11"))
                .body("entry.resource.patient.reference", contains("Patient/" + her));

        String patient = Cast.introduce(token, her, "sakura-clinic");
        Cast.grant(token, Cast.SAKURA_MAY_READ);
        String doctor = Tokens.drSato("user/*.rs");
        search(doctor, "TREAT", patient, "Condition", Map.of())
                .body("entry.resource.code.coding.flatten().code", containsInAnyOrder("I10"));
        search(doctor, "TREAT", patient, "Observation", Map.of()).body("entry", nullValue());
        search(doctor, "TREAT", patient, "MedicationRequest", Map.of()).body("entry", hasSize(1));

        String condition =
                search(token, her, "Condition", Map.of("code", "I10")).extract().path("entry[0].resource.id");
        Http.as(token, "PATRQT").delete("/fhir/Condition/" + condition).then().statusCode(204);
        search(token, her, "Condition", Map.of()).body("entry", hasSize(1));
    }

    @Test
    void a_document_of_somebody_else_waits_for_the_person() {
        String token = Tokens.citizen("citizen-79", "patient/*.cruds");
        String her = Cast.register(token);

        upload(token, her, bundle("1981-05-10"))
                .statusCode(202)
                .body("outcome.issue.expression.flatten()", contains("Bundle.entry[0].resource.birthDate"));
        search(token, her, "Condition", Map.of()).body("entry", nullValue());
    }

    private static ValidatableResponse upload(String token, String person, String file) {
        return Http.as(token, "PATRQT")
                .contentType("application/fhir+json")
                .body(file)
                .post("/ingest/{person}", person)
                .then();
    }

    private static ValidatableResponse search(
            String token, String person, String type, Map<String, String> parameters) {
        return search(token, "PATRQT", person, type, parameters);
    }

    private static ValidatableResponse search(
            String token, String purpose, String person, String type, Map<String, String> parameters) {
        return Http.as(token, purpose)
                .queryParam("patient", person)
                .queryParams(parameters)
                .get("/fhir/{type}", type)
                .then()
                .statusCode(200);
    }
}
