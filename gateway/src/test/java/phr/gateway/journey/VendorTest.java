package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** The backend of an app that may write a person's vital signs, and nothing else. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class VendorTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final String ARUKU = "aruku";

    private Citizen taro;
    private String patient;
    private String consent;

    @BeforeEach
    void taro_lets_his_app_write() {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "あるく",
                        "classes",
                        List.of("wellness"),
                        "country",
                        "JP",
                        "clients",
                        List.of(Map.of("id", "aruku-backend", "processor", false))))
                .put("/organisations/{id}", ARUKU)
                .then()
                .statusCode(oneOf(200, 201, 204));
        taro = Citizen.taro();
        patient = taro.introducesHerselfTo(ARUKU);
        consent = taro.permits(
                ARUKU, "contribute", TODAY.toString(), TODAY.plusYears(1).toString(), "lifelog-vitals");
    }

    @AfterEach
    void taro_revokes() {
        taro.revokes(consent).statusCode(200);
    }

    @Test
    void what_the_app_writes_about_its_own_id_is_about_the_person() {
        String sent = Lifelogs.heartRate("vendor-1", OffsetDateTime.parse("2019-04-01T09:00:00+09:00"), 71)
                .replace("\"status\"", "\"subject\":{\"reference\":\"Patient/" + patient + "\"},\"status\"");
        writes(sent.getBytes(StandardCharsets.UTF_8)).statusCode(oneOf(200, 201));
        taro.searches("Observation", Map.of("date", "2019-04-01"))
                .statusCode(200)
                .body("entry.size()", equalTo(1))
                .body("entry.resource.subject.reference", everyItem(equalTo("Patient/" + taro.id())));
    }

    @Test
    void many_samples_come_in_batches_and_twice_is_once() {
        byte[] day = Lifelogs.heartRateNdjson(OffsetDateTime.parse("2019-05-01T00:00:00+09:00"), 1440);
        writes(day).statusCode(oneOf(200, 201)).body("documents.mapped.sum()", equalTo(1440));
        writes(day).statusCode(200).body("stored.created", equalTo(0)).body("stored.updated", equalTo(0));
        taro.searches("Observation", Map.of("date", "2019-05-01", "_count", 1000))
                .statusCode(200)
                .body("entry.size()", equalTo(1000));
    }

    @Test
    void writing_never_implies_reading() {
        Http.as(Tokens.aruku("system/Observation.crs"), "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then()
                .statusCode(403);
    }

    @Test
    void what_was_not_permitted_is_refused_as_a_whole() {
        String before = taro.inventory();
        writes(Checkup.of(People.TARO)
                        .on(LocalDate.of(2021, 5, 9))
                        .item("9N001000000000001", "171.4")
                        .xml())
                .statusCode(403)
                .body("resourceType", equalTo("OperationOutcome"));
        assertEquals(before, taro.inventory());
    }

    @Test
    void a_file_about_somebody_else_waits_for_the_person_and_not_for_the_app() {
        ValidatableResponse answer = writes(Checkup.of(People.TARO)
                .on(LocalDate.of(2021, 5, 10))
                .item("9N001000000000001", "171.5")
                .with(Fault.OTHER_SEX)
                .xml());
        String held = answer.statusCode(202)
                .body("outcome.issue.size()", greaterThan(0))
                .extract()
                .path("held.id");
        asks().post("/ingest/{person}/held/{id}/$confirm", patient, held).then().statusCode(403);
        asks().get("/ingest/{person}/held", patient).then().statusCode(403);
        taro.discards(held).statusCode(204);
    }

    @Test
    void after_revocation_nothing_more_is_taken() {
        taro.revokes(consent).statusCode(200);
        writes(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2019-06-01T00:00:00+09:00"), 3))
                .statusCode(403);
        taro.searches("Observation", Map.of("date", "2019-06-01"))
                .statusCode(200)
                .body("entry", nullValue());
    }

    private ValidatableResponse writes(byte[] file) {
        return asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", patient)
                .then();
    }

    private static io.restassured.specification.RequestSpecification asks() {
        return Http.as(Tokens.aruku("system/Observation.c"), "TREAT");
    }
}
