package phr.gateway.journey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phr.fhir.text.Charsets;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** A medication notebook on its way: uploaded, read by the person, and by a clinic as far as she permits. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class MedicationNotebookTest {

    private static final String HEAD = "JAHISTC08,1\r\n1,試験 市民,2,S550510,,,,,,,シケン シミン\r\n";
    private static final String REMARK = "2,1,ペニシリンで蕁麻疹,2\r\n";
    private static final String OWN = "3,見本かぜ薬Ａ,20260105,20260108,2,1,4900000000017\r\n31,1,アセトアミノフェン,1,,2\r\n";
    private static final String MARCH = dispensing("20260310", "アムロジピン錠「見本」", "2171022F1010");
    private static final String APRIL = dispensing("R080410", "ロスバスタチン錠「見本」", "2189017F1010");
    private static final String NOTE = "601,飲み始めてから昼に眠い,20260311\r\n";
    private static final String YJ = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code|";

    private static String dispensing(String date, String name, String code) {
        return "5," + date + ",1\r\n11,ひばり薬局,13,4,9900011,,,03-0000-1111,1\r\n51,見本第一病院,13,1,9900021,1\r\n201,1," + name
                + ",1,錠,4," + code + ",1\r\n301,1,朝食後服用,14,日分,1,1,,1\r\n";
    }

    private static byte[] file(String... parts) {
        return (HEAD + String.join("", parts)).getBytes(Charsets.WINDOWS_31J);
    }

    @Test
    void what_she_uploads_she_can_read_search_and_take_back_and_a_clinic_sees_only_what_she_permits() {
        Cast.organisations();
        String token = Tokens.citizen("citizen-66", "patient/*.cruds");
        String her = Cast.register(token);
        byte[] first = file(REMARK, OWN, MARCH, NOTE);

        upload(token, her, first)
                .statusCode(201)
                .body("format", equalTo("jahis"))
                .body("documents[0].result", equalTo("mapped"))
                .body("outcome.issue.findAll { it.severity == 'error' || it.severity == 'warning' }", empty());
        assertSheFindsIt(token, her);
        assertTheOriginalComesBack(token, her, first);
        upload(token, her, first).statusCode(200).body("stored.created", equalTo(0));
        upload(token, her, file(APRIL, MARCH, NOTE)).statusCode(201).body("stored.updated", equalTo(0));
        search(token, her, "MedicationDispense", Map.of()).body("entry", hasSize(2));
        assertTheClinicSeesTheDispensingsOnly(token, her);
    }

    private static void assertSheFindsIt(String token, String her) {
        search(
                        token,
                        her,
                        "MedicationDispense",
                        Map.of("whenhandedover", "2026-03-10", "status", "completed", "code", YJ + "2171022F1010"))
                .body("entry.resource.medicationCodeableConcept.text", contains("アムロジピン錠「見本」"))
                .body("entry.resource.daysSupply.value", contains(14));
        search(token, her, "MedicationDispense", Map.of("whenhandedover", "lt2026-03-10"))
                .body("entry", nullValue());
        search(token, her, "MedicationStatement", Map.of("effective", "2026-01", "status", "unknown"))
                .body("entry.resource.contained.flatten().code.text", contains("見本かぜ薬Ａ"));
        search(token, her, "AllergyIntolerance", Map.of("clinical-status", "active"))
                .body("entry.resource.asserter.reference", contains("Patient/" + her));
        search(token, her, "Communication", Map.of("sent", "2026-03-11"))
                .body("entry.resource.payload.flatten().contentString", contains("飲み始めてから昼に眠い"));
        search(token, her, "MedicationDispense", Map.of("_include", "MedicationDispense:performer"))
                .body("entry.resource.name", hasItem("ひばり薬局"));
        Http.as(token, "PATRQT")
                .queryParam("patient", her)
                .queryParam("date", "2026-03-10")
                .get("/fhir/MedicationDispense")
                .then()
                .statusCode(400);
    }

    private static void assertTheOriginalComesBack(String token, String her, byte[] file) {
        String binary = search(token, her, "DocumentReference", Map.of("type", "https://myna.go.jp#JAHISTC-08"))
                .extract()
                .path("entry[0].resource.content[0].attachment.url");
        assertArrayEquals(
                file,
                Http.as(token, "PATRQT")
                        .accept("text/plain")
                        .get("/fhir/" + binary)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
    }

    private static void assertTheClinicSeesTheDispensingsOnly(String token, String her) {
        String patient = Cast.introduce(token, her, "sakura-clinic");
        Cast.grant(
                token,
                Cast.SAKURA_MAY_READ.replace(
                        "\"selectors\":\"ALL\"", "\"selectors\":[{\"category\":[\"medication\"]}]"));
        String doctor = Tokens.drSato("user/*.rs");
        String statement =
                search(token, her, "MedicationStatement", Map.of()).extract().path("entry[0].resource.id");

        find(doctor, patient, "MedicationDispense").body("entry", hasSize(2));
        for (String type : List.of("MedicationStatement", "AllergyIntolerance", "Communication", "DocumentReference")) {
            find(doctor, patient, type).body("entry", nullValue());
        }
        Http.as(doctor, "TREAT")
                .get("/fhir/MedicationStatement/" + statement)
                .then()
                .statusCode(404);
        String everything = Http.as(doctor, "TREAT")
                .get("/fhir/Patient/" + patient + "/$everything")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        for (String secret : List.of(her, "かぜ薬", "ペニシリン", "眠い", "シミン")) {
            assertFalse(everything.contains(secret));
        }
    }

    @Test
    void a_notebook_of_somebody_else_waits_for_the_person() {
        String token = Tokens.citizen("citizen-67", "patient/*.cruds");
        String her = Cast.register(token);
        byte[] his = new String(file(MARCH), Charsets.WINDOWS_31J)
                .replace("S550510", "S560510")
                .getBytes(Charsets.WINDOWS_31J);

        upload(token, her, his).statusCode(202).body("outcome.issue.expression.flatten()", contains("line 2"));
        search(token, her, "MedicationDispense", Map.of()).body("entry", nullValue());
    }

    private static ValidatableResponse upload(String token, String person, byte[] file) {
        return Http.as(token, "PATRQT")
                .contentType("text/plain")
                .body(file)
                .post("/ingest/{person}", person)
                .then();
    }

    private static ValidatableResponse search(
            String token, String person, String type, Map<String, String> parameters) {
        return Http.as(token, "PATRQT")
                .queryParam("patient", person)
                .queryParams(parameters)
                .get("/fhir/{type}", type)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse find(String token, String patient, String type) {
        return Http.as(token, "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/{type}", type)
                .then()
                .statusCode(200);
    }
}
