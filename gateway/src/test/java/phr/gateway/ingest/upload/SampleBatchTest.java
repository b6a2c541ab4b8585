package phr.gateway.ingest.upload;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.ingest.job.JobRequests;

/** What a vendor sends by itself: how much at once, and what is said of records that are not taken (lifelog.md §6). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SampleBatchTest {

    private static final String TOO_LARGE = "SMP-7";

    private String token;
    private String person;

    @BeforeEach
    void a_person() {
        token = Tokens.citizen("citizen-74", "patient/*.cruds");
        person = Cast.register(token);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    /** One a minute of that year. */
    private static byte[] batch(int year, int count, String more) {
        return IntStream.range(0, count)
                .mapToObj(i -> """
                        {"id":"%d-%d","type":"heart-rate","start":"%d-01-%02dT%02d:%02d:00+09:00","value":%d,"unit":"bpm"%s}""".formatted(year, i, year, 1 + i / 1440, i / 60 % 24, i % 60, 60 + i % 50, more))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Response pushes(byte[] batch) {
        return own().header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/x-ndjson")
                .body(batch)
                .post("/ingest/{person}/samples", person);
    }

    private int stored(String type, int year) {
        return own().queryParam("patient", person)
                .queryParam("date", "ge" + year + "-01-01", "lt" + (year + 1) + "-01-01")
                .queryParam("_summary", "count")
                .get("/fhir/" + type)
                .then()
                .statusCode(200)
                .extract()
                .path("total");
    }

    @Test
    void ten_thousand_records_are_a_batch_and_one_more_is_refused_whole() {
        pushes(batch(2011, 10_000, "")).then().statusCode(201).body("stored.created", equalTo(10_002));
        assertEquals(10_000, stored("Observation", 2011));
        pushes(batch(2012, 10_001, ""))
                .then()
                .statusCode(413)
                .body("issue.details.coding.flatten().code", hasItem(TOO_LARGE))
                .body("issue[0].expression[0]", equalTo("line 10001"));
        assertEquals(0, stored("Observation", 2012));
    }

    @Test
    void eight_mebibytes_are_a_batch_and_more_is_refused_whole() {
        String long_ = ",\"metadata\":{\"note\":\"" + "x".repeat(1_000) + "\"}";
        pushes(batch(2013, 9_000, long_))
                .then()
                .statusCode(413)
                .body("issue.details.coding.flatten().code", hasItem(TOO_LARGE));
        assertEquals(0, stored("Observation", 2013));
        String array = "{\"samples\":[" + new String(batch(2014, 10_001, ""), StandardCharsets.UTF_8).replace("\n", ",")
                + "]}";
        pushes(array.getBytes(StandardCharsets.UTF_8)).then().statusCode(413);
        assertEquals(0, stored("Observation", 2014));
    }

    @Test
    void in_parts_it_is_the_same() {
        String job = new TusRequests(token, "PATRQT").sends(person, batch(2015, 10_001, ""));
        JobRequests.ended(token, job)
                .body("state", equalTo("ERROR"))
                .body("error.issue[0].details.coding[0].code", equalTo(TOO_LARGE))
                .body("counts.stored", equalTo(0));
        assertEquals(0, stored("Observation", 2015));
    }

    @Test
    void each_record_that_is_not_taken_is_counted_once() {
        String lines = """
                {"id":"a","type":"blood-pressure","start":"2016-01-01T07:00:00+09:00","value":{"systolic":"x","diastolic":"y"},"unit":"mmHg"}
                {"id":"b","type":"blood-pressure","start":"2016-01-02T07:00:00+09:00","value":{"systolic":"x","diastolic":"y"},"unit":"mmHg"}
                {"id":"c","start":"2016-01-03T07:00:00+09:00","value":1}
                {"id":"d","type":"heart-rate","start":"2016-01-04T07:00:00+09:00","value":61,"unit":"bpm"}
                not JSON
                {"id":"e","type":"heart-rate","start":"2016-13-04T07:00:00+09:00","value":61,"unit":"bpm"}
                """;
        String job = new TusRequests(token, "PATRQT").sends(person, lines.getBytes(StandardCharsets.UTF_8));
        JobRequests.ended(token, job)
                .body("state", equalTo("COMPLETE"))
                .body("counts.read", equalTo(6))
                .body("counts.rejected.'SMP-6'", equalTo(2))
                .body("counts.rejected.'SMP-2'", equalTo(1))
                .body("counts.rejected.'JSON-3'", equalTo(1))
                .body("counts.rejected.'SMP-4'", equalTo(1))
                .body("counts.rejected.size()", equalTo(4));
        assertEquals(1, stored("Observation", 2016));
    }
}
