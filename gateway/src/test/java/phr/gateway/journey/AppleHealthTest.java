package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.AppleExports;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** An Apple Health archive as a telephone shares it, from upload to reading. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class AppleHealthTest {

    private static final byte[] ARCHIVE = AppleExports.zip(7, 4000, 3);

    private String token;
    private String person;

    @BeforeEach
    void a_person_with_a_watch() {
        token = Tokens.citizen("citizen-68", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private ValidatableResponse uploads() {
        return own().contentType("application/octet-stream")
                .body(ARCHIVE)
                .post("/ingest/{person}", person)
                .then();
    }

    private ValidatableResponse finds(String code) {
        return own().queryParam("patient", person)
                .queryParam("code", code)
                .queryParam("_total", "accurate")
                .get("/fhir/Observation")
                .then()
                .statusCode(200);
    }

    @Test
    void an_archive_is_read_once_however_often_it_is_sent() {
        uploads().statusCode(201).body("format", equalTo("apple"));
        int rates = finds("http://loinc.org|8867-4")
                .body("total", greaterThan(500))
                .body("entry.resource.valueQuantity.code", everyItem(equalTo("/min")))
                .extract()
                .path("total");
        int steps = finds("http://loinc.org|55423-8")
                .body("total", greaterThan(200))
                .extract()
                .path("total");
        finds("http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes|sleepAnalysis")
                .body("entry.resource.valueCodeableConcept.coding.code.flatten()", hasItem("asleepDeep"));
        finds("http://loinc.org|93832-4").body("entry[0].resource.valueQuantity.code", equalTo("min"));
        finds("http://loinc.org|41950-7").body("entry[0].resource.valueQuantity.code", equalTo("{steps}/d"));
        finds("http://loinc.org|85354-9").body("entry[0].resource.component", hasSize(2));

        uploads().statusCode(200).body("stored.created", equalTo(0)).body("stored.updated", equalTo(0));

        finds("http://loinc.org|8867-4").body("total", equalTo(rates));
        finds("http://loinc.org|55423-8").body("total", equalTo(steps));
    }
}
