package phr.gateway.journey;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Stack;

/** The main job once: files in, FHIR behind consent, a signed package out and in again. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class WholeRoadTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));

    private Citizen hanako;
    private Clinic clinic;
    private String patient;

    @BeforeEach
    void know_each_other() {
        hanako = Citizen.hanako();
        clinic = Clinic.sakura();
        patient = hanako.introducesHerselfTo(Clinic.SAKURA);
    }

    @Test
    void a_record_comes_together_is_shared_is_closed_again_and_moves() {
        uploadsHerCheckup();
        uploadsHerBloodPressureAndSteps();
        clinicIsRefused();
        String consent = hanako.grants(
                Clinic.SAKURA, TODAY.toString(), TODAY.plusYears(1).toString(), "checkup-specific", "lifelog-vitals");
        clinicReadsExactlyThat();
        hanako.revokes(consent).statusCode(200);
        clinicIsRefused();
        packageGoesOutAndComesHome();
        accessLogTellsItAll();
    }

    private void uploadsHerCheckup() {
        byte[] file = Checkups.hanako2025().zip();
        hanako.uploads("checkup", file)
                .statusCode(oneOf(200, 201))
                .body("format", equalTo("checkup"))
                .body("documents.mapped.sum()", greaterThan(10))
                .body("outcome.resourceType", equalTo("OperationOutcome"));
        hanako.uploads(file)
                .statusCode(200)
                .body("stored.created", equalTo(0))
                .body("stored.duplicate", greaterThan(0));
    }

    private void uploadsHerBloodPressureAndSteps() {
        OffsetDateTime morning = OffsetDateTime.parse("2026-03-01T07:10:00+09:00");
        hanako.uploads(Lifelogs.bloodPressures(UUID.randomUUID(), morning, 3))
                .statusCode(201)
                .body("stored.created", greaterThan(2));
        hanako.uploads(Lifelogs.stepsWeek(UUID.randomUUID(), LocalDate.of(2026, 3, 1)))
                .statusCode(oneOf(200, 201));
    }

    private void clinicIsRefused() {
        clinic.searches("Observation", patient, Map.of())
                .statusCode(403)
                .body("issue[0].code", equalTo("forbidden"))
                .body("issue[0].details.coding[0].code", equalTo("consent-required"));
    }

    private void clinicReadsExactlyThat() {
        clinic.searches("Observation", patient, Map.of("_count", 1000))
                .statusCode(200)
                .body("entry.size()", greaterThan(10))
                .body("entry.resource.subject.reference", everyItem(equalTo("Patient/" + patient)));
        clinic.searches("Observation", patient, Map.of("code", "http://loinc.org|85354-9"))
                .statusCode(200)
                .body("entry.size()", greaterThan(2));
        clinic.searches("Observation", patient, Map.of("code", "http://loinc.org|41950-7"))
                .statusCode(200)
                .body("entry", org.hamcrest.Matchers.nullValue());
        String everything =
                clinic.readsEverythingOf(patient).statusCode(200).extract().asString();
        assertFalse(everything.contains(hanako.id()), "the internal id is never handed out");
        assertFalse(everything.contains("花子"), "demographics were not permitted");
        assertTrue(everything.contains(patient));
    }

    private void packageGoesOutAndComesHome() {
        String before = hanako.inventory();
        byte[] container = hanako.exports();
        assertFalse(new String(container, java.nio.charset.StandardCharsets.ISO_8859_1).contains(hanako.id()));
        String receipt = hanako.imports(container)
                .statusCode(201)
                .body("packageId", notNullValue())
                .body("created", equalTo(1)) // the Provenance of the export itself
                .body("updated", equalTo(0))
                .body("rejected", equalTo(0))
                .extract()
                .asString();
        assertEquals(before, hanako.inventory(), "coming home changes nothing");
        assertEquals(
                receipt, hanako.imports(container).statusCode(200).extract().asString());
    }

    private void accessLogTellsItAll() {
        hanako.accessLog()
                .statusCode(200)
                .body("findAll { it.outcome == 'DENY' && it.organisation == 'sakura-clinic' }.size()", greaterThan(1))
                .body(
                        "findAll { it.outcome == 'PERMIT' && it.organisation == 'sakura-clinic' }.directives",
                        hasItem(notNullValue()))
                .body("interaction", hasItem("export"))
                .body("findAll { it.hash == null }", empty());
    }
}
