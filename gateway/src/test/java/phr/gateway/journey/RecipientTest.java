package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What a clinic sees of a person who permits it her vital signs, and what it never sees. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class RecipientTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final String BLOOD_PRESSURE = "http://loinc.org|85354-9";

    private Citizen taro;
    private Clinic clinic;
    private String patient;
    private String consent;

    @BeforeEach
    void taro_permits_his_vital_signs() {
        taro = Citizen.taro();
        clinic = Clinic.sakura();
        taro.uploads(Lifelogs.bloodPressures(UUID.randomUUID(), OffsetDateTime.parse("2026-02-01T07:00:00+09:00"), 4))
                .statusCode(201);
        taro.uploads(Checkup.of(People.TARO)
                        .on(LocalDate.of(2022, 5, 9))
                        .facility("1310000076", "ひばり健診所")
                        .item("9N001000000000001", "171.4")
                        .xml())
                .statusCode(oneOf(200, 201));
        patient = taro.introducesHerselfTo(Clinic.SAKURA);
        consent =
                taro.grants(Clinic.SAKURA, TODAY.toString(), TODAY.plusYears(1).toString(), "lifelog-vitals");
    }

    @AfterEach
    void taro_revokes() {
        taro.revokes(consent).statusCode(200);
    }

    @Test
    void the_clinic_knows_the_person_by_its_own_id_only() {
        assertNotEquals(taro.id(), patient);
        assertEquals(patient, taro.introducesHerselfTo(Clinic.SAKURA));
        clinic.searches("Observation", patient, Map.of())
                .statusCode(200)
                .body("entry.size()", greaterThan(3))
                .body("entry.resource.subject.reference", everyItem(equalTo("Patient/" + patient)));
        clinic.searches("Observation", taro.id(), Map.of()).statusCode(404);
        clinic.reads("Patient/" + taro.id()).statusCode(404);
        clinic.searches("Observation", UUID.randomUUID().toString(), Map.of()).statusCode(404);
    }

    @Test
    void nothing_that_is_not_permitted_is_in_any_byte() {
        for (String body : List.of(
                clinic.readsEverythingOf(patient).statusCode(200).extract().asString(),
                clinic.reads("Patient/" + patient).statusCode(200).extract().asString(),
                clinic.searches("Observation", patient, Map.of("_count", 1000))
                        .extract()
                        .asString(),
                clinic.searches("DocumentReference", patient, Map.of())
                        .extract()
                        .asString())) {
            assertTrue(body.contains(patient));
            for (String secret : List.of(taro.id(), "太郎", "タロウ", "1978-11", "171.4", "ひばり健診所")) {
                assertFalse(body.contains(secret));
            }
        }
    }

    @Test
    void the_patient_is_redacted_to_sex_and_year_of_birth() {
        clinic.reads("Patient/" + patient)
                .statusCode(200)
                .body("id", equalTo(patient))
                .body("birthDate", equalTo("1978"))
                .body("gender", equalTo("male"))
                .body("name", nullValue())
                .body("identifier", nullValue());
    }

    @Test
    void a_resource_outside_the_consent_does_not_exist() {
        String hidden = taro.searches("Observation", Map.of("date", "2022-05-09"))
                .statusCode(200)
                .extract()
                .path("entry[0].resource.id");
        String unknown = clinic.reads("Observation/" + UUID.randomUUID())
                .statusCode(404)
                .extract()
                .asString();
        assertEquals(
                unknown,
                clinic.reads("Observation/" + hidden)
                        .statusCode(404)
                        .header("ETag", nullValue())
                        .extract()
                        .asString());
        clinic.searches("Observation", patient, Map.of("date", "2022-05-09"))
                .statusCode(200)
                .body("entry", nullValue());
    }

    @Test
    void a_permitted_resource_is_read_until_the_consent_ends() {
        String permitted = clinic.searches("Observation", patient, Map.of("code", BLOOD_PRESSURE))
                .statusCode(200)
                .extract()
                .path("entry[0].resource.id");
        clinic.reads("Observation/" + permitted)
                .statusCode(200)
                .body("subject.reference", equalTo("Patient/" + patient));
        String next = clinic.searches("Observation", patient, Map.of("_count", 1))
                .extract()
                .path("link.find { it.relation == 'next' }.url");
        assertFalse(next.contains(taro.id()));
        taro.revokes(consent).statusCode(200);
        clinic.reads("Observation/" + permitted).statusCode(404);
        clinic.reads("Patient/" + patient).statusCode(403);
        clinic.readsEverythingOf(patient).statusCode(403);
        clinic.asks()
                .urlEncodingEnabled(false)
                .get(next.replace(Stack.BASE, "/fhir"))
                .then()
                .statusCode(403);
    }

    @Test
    @DisplayName("P-18 a cursor ends with the consents it was made under")
    void a_cursor_ends_with_the_consents_it_was_made_under() {
        String next = clinic.searches("Observation", patient, Map.of("_count", 1))
                .extract()
                .path("link.find { it.relation == 'next' }.url");
        String other =
                taro.grants(Clinic.SAKURA, TODAY.toString(), TODAY.plusDays(1).toString(), "lifelog-body");
        clinic.asks()
                .urlEncodingEnabled(false)
                .get(next.replace(Stack.BASE, "/fhir"))
                .then()
                .statusCode(409);
        taro.revokes(other).statusCode(200);
    }

    @Test
    void reading_is_not_writing_and_the_record_does_not_leave_with_a_clinic() {
        clinic.asks()
                .body("{}")
                .contentType("application/json")
                .post("/ingest/{person}", patient)
                .then()
                .statusCode(403);
        clinic.asks().post("/transfer/{person}/export", patient).then().statusCode(403);
        clinic.asks().get("/transfer/{person}/inventory", patient).then().statusCode(403);
        clinic.asks().get("/ingest/{person}/held", patient).then().statusCode(403);
        Http.as(Tokens.drSuzuki("user/*.rs"), "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then()
                .statusCode(404);
    }
}
