package phr.gateway.journey;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.VendorFiles;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Files of vendors from upload to reading. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class VendorSourcesTest {

    private static final String PGHD = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes|";

    private String token;
    private String person;

    @BeforeEach
    void a_person_with_many_devices() {
        token = Tokens.citizen("citizen-70", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private void uploads(byte[] file, String format) {
        own().contentType("application/octet-stream")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(file)
                .post("/ingest/{person}", person)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(201)))
                .body("format", equalTo(format));
    }

    private ValidatableResponse finds(String code) {
        return own().queryParam("patient", person)
                .queryParam("code", code)
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("entry.size()", greaterThan(0));
    }

    @Test
    void japanese_blood_pressure() {
        uploads(VendorFiles.bloodPressureCsv(), "vendor");
        finds("http://loinc.org|85354-9")
                .body("entry[0].resource.component", hasSize(3))
                .body("entry[0].resource.component[0].valueQuantity.value", equalTo(128));
    }

    @Test
    void the_merged_steps_of_a_samsung_day() {
        uploads(VendorFiles.samsungZip(), "vendor");
        finds("http://loinc.org|41950-7").body("entry.resource.valueQuantity.value", hasItem(8000));
    }

    @Test
    void a_scale_a_ring_and_a_watch() {
        uploads(VendorFiles.withingsCsv(), "vendor");
        uploads(VendorFiles.fit(), "vendor");
        finds("http://loinc.org|29463-7").body("entry.resource.valueQuantity.value", everyItem(equalTo(62.35f)));
        uploads(VendorFiles.ouraJson(), "vendor");
        finds("http://loinc.org|93832-4").body("entry.resource.valueQuantity.value", hasItem(414));
        uploads(VendorFiles.garminJson(), "vendor");
        finds("http://loinc.org|40443-4").body("entry.resource.valueQuantity.value", hasItem(52));
    }

    @Test
    void heart_rates_of_a_takeout_and_of_a_batch() {
        uploads(VendorFiles.takeoutZip(), "vendor");
        uploads(VendorFiles.samples(), "samples");
        finds("http://loinc.org|8867-4").body("entry.resource.valueQuantity.value", everyItem(equalTo(61)));
    }

    @Test
    void two_devices_of_health_connect_are_not_added_up() {
        uploads(VendorFiles.healthConnectZip(), "health-connect");
        finds(PGHD + "stepCount").body("entry.resource.valueQuantity.value", hasItem(640));
        own().queryParam("patient", person)
                .queryParam("code", "http://loinc.org|55423-8")
                .queryParam("date", "2026-03-01")
                .get("/fhir/Observation")
                .then()
                .body("entry.resource.valueQuantity.value", containsInAnyOrder(640, 630));
    }
}
