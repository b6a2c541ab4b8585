package phr.gateway.ingest.job;

import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.ingest.upload.TusRequests;

/** A large file becomes a job: its counts, its findings, who may hear of it, and how it ends. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class JobTest {

    /** Large enough to be no answer at once. */
    private static final int MANY = 30_000;

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2011-03-01T07:00:00+09:00");
    private static final String MAY_SEND = """
            {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/aruku"}],"purposes":["TREAT"],
             "actions":["contribute"],"countries":["JP"],"selectors":"ALL","labels":"ANY"}""";

    @Inject
    DataSource database;

    private String token;
    private String person;

    @BeforeEach
    void a_person_with_years_of_data() {
        Cast.organisations();
        token = Tokens.citizen("citizen-42", "patient/*.cruds");
        person = Cast.register(token);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private ValidatableResponse posts(byte[] file) {
        return own().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", person)
                .then();
    }

    private static String place(ValidatableResponse accepted) {
        return URI.create(accepted.statusCode(202).extract().header("Location")).getPath();
    }

    /** One a minute; the mark keeps them apart from those of others. */
    private static byte[] samples(String mark, OffsetDateTime first, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(Lifelogs.heartRate(mark + "-" + i, first.plusMinutes(i), 58 + i % 40))
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int total(String query) {
        return own().get("/fhir/Observation?patient=" + person + "&_summary=count" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("total");
    }

    @Test
    void what_is_too_large_to_answer_at_once_is_counted_in_the_end() {
        byte[] file = samples("many", MORNING, MANY);
        ValidatableResponse accepted = posts(file);
        String job = place(accepted);
        accepted.body("id", notNullValue()).body("bytes.total", equalTo(file.length));
        JobRequests.ended(token, job)
                .body("state", equalTo("COMPLETE"))
                .body("format", equalTo("fhir"))
                .body("bytes.done", equalTo(file.length))
                .body("counts.read", equalTo(MANY))
                .body("counts.stored", greaterThan(MANY - 1))
                .body("counts.duplicate", equalTo(0))
                .body("counts.superseded", equalTo(0))
                .body("counts.originals", equalTo(1))
                .body("counts.rejected", anEmptyMap())
                .body("documents[0].result", equalTo("mapped"))
                .body("created", notNullValue())
                .body("started", notNullValue())
                .body("ended", notNullValue())
                .body("error", nullValue());
        assertEquals(MANY, total("&date=lt2011-06-01"));
        assertEquals(job, place(posts(file)), "the same file again is the same job");
        assertArrayEquals(file, original(file.length), "byte for byte");
    }

    private byte[] original(int size) {
        String binary = own().get("/fhir/DocumentReference?_count=100&patient=" + person)
                .then()
                .statusCode(200)
                .extract()
                .path("entry.resource.content.attachment.flatten().find { it.size == " + size + " }.url");
        return own().get("/fhir/" + binary.substring(binary.indexOf("Binary/")))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    @Test
    void findings_are_counted_by_rule_and_listed_with_their_place_and_no_value() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String good = Lifelogs.heartRate("bad-" + i, MORNING.plusYears(1).plusMinutes(i), 61);
            lines.append(i % 4 == 3 ? good.replace("\"final\"", "\"secret-zzz\"") : good)
                    .append('\n');
        }
        String job =
                new TusRequests(token, "PATRQT").sends(person, lines.toString().getBytes(StandardCharsets.UTF_8));
        ValidatableResponse ended =
                JobRequests.ended(token, job).body("state", equalTo("COMPLETE")).body("counts.read", equalTo(40));
        int rejected = ended.extract().<java.util.Map<String, Integer>>path("counts.rejected").values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertEquals(10, rejected, "each record once");
        assertEquals(30, total("&date=ge2012-01-01&date=lt2012-12-31"));
        String issues = own().get(job + "/issues")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        List<String> errors = Arrays.stream(issues.split("\n"))
                .filter(line -> line.contains("\"error\""))
                .toList();
        assertTrue(errors.size() >= rejected, "findings " + errors.size());
        errors.forEach(line -> assertTrue(
                line.startsWith("{\"resourceType\":\"OperationOutcome\"") && line.contains("\"expression\"")));
        assertFalse(issues.contains("zzz"), "no value");
    }

    @Test
    void a_file_that_nobody_can_read_fails_with_its_reason() {
        String job = new TusRequests(token, "PATRQT").sends(person, new byte[] {0, 1, 2, 3, 4});
        JobRequests.ended(token, job)
                .body("state", equalTo("ERROR"))
                .body("error.issue[0].details.coding[0].code", equalTo("ING-1"))
                .body("counts.stored", equalTo(0));
    }

    @Test
    void events_tell_of_it_until_it_ends() {
        String job = new TusRequests(token, "PATRQT").sends(person, samples("events", MORNING.plusYears(2), 3_000));
        String events = own().accept("text/event-stream")
                .get(job)
                .then()
                .statusCode(200)
                .contentType(containsString("text/event-stream"))
                .extract()
                .asString();
        assertTrue(events.contains("event:end") || events.contains("event: end"), events);
        assertTrue(events.contains("\"state\":\"COMPLETE\""), events);
        assertTrue(events.contains("application/json") && !events.contains("text/plain"), events);
        Http.as(Tokens.taro("patient/*.cruds"), "PATRQT")
                .accept("text/event-stream")
                .get(job)
                .then()
                .statusCode(404);
    }

    @Test
    void it_exists_for_the_sender_and_the_person_only() {
        String vendor = Tokens.aruku("system/Observation.c");
        String patient = Cast.introduce(token, person, "aruku");
        Cast.grant(token, MAY_SEND);
        byte[] file = samples("vendor", MORNING.plusYears(3), 200);
        String job = new TusRequests(vendor, "TREAT").sends(patient, file);
        JobRequests.ended(vendor, job).body("state", equalTo("COMPLETE")).body("counts.read", equalTo(200));
        JobRequests.state(token, job).body("counts.read", equalTo(200));
        Cast.register(Tokens.taro());
        for (String other : List.of(
                Tokens.taro("patient/*.cruds"), Tokens.drSato("user/*.cruds"), Tokens.mimamori("system/*.rs"))) {
            Http.as(other, "PATRQT").get(job).then().statusCode(404);
            Http.as(other, "PATRQT").get(job + "/issues").then().statusCode(404);
            Http.as(other, "PATRQT").delete(job).then().statusCode(404);
        }
        own().get("/ingest/jobs/" + UUID.randomUUID()).then().statusCode(404);
        own().get("/ingest/jobs/nothing").then().statusCode(404);
        Http.as(vendor, "TREAT").delete(job + "?purge=true").then().statusCode(403);
        assertEquals(200, total("&date=ge2014-01-01&date=lt2014-12-31"));
    }

    @Test
    void the_sender_hears_what_follows_from_its_own_sending_alone() {
        byte[] file = samples("heard", MORNING.plusYears(6), 100);
        TusRequests tus = new TusRequests(token, "PATRQT");
        JobRequests.ended(token, tus.sends(person, file)).body("counts.originals", equalTo(1));
        String vendor = Tokens.aruku("system/Observation.c");
        String patient = Cast.introduce(token, person, "aruku");
        Cast.grant(token, MAY_SEND);
        String job = new TusRequests(vendor, "TREAT").sends(patient, file);
        JobRequests.ended(vendor, job).body("counts.originals", equalTo(1)).body("counts.duplicate", equalTo(0));
        JobRequests.state(token, job).body("counts.originals", equalTo(0));
    }

    /** As if a node had been away for so long that its lease was over. */
    private int takenAway(String job, String more) throws SQLException {
        String sql = "UPDATE ingest_job SET taken = gen_random_uuid(), lease_until = now() - interval '1 second'" + more
                + " WHERE state = 'IN_PROGRESS' AND id = ?";
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, UUID.fromString(job.substring(job.lastIndexOf('/') + 1)));
            return update.executeUpdate();
        }
    }

    @Test
    void who_goes_on_with_the_job_of_another_counts_nothing_twice() throws SQLException {
        String job = place(posts(samples("taken", MORNING.plusYears(7), 100_000)));
        JobRequests.when(token, job, state -> state.extract().<Integer>path("counts.read") > 30_000);
        assertEquals(1, takenAway(job, ""), "in the middle");
        JobRequests.ended(token, job)
                .body("state", equalTo("COMPLETE"))
                .body("counts.read", equalTo(100_000))
                .body("counts.stored", equalTo(100_002))
                .body("counts.duplicate", equalTo(0))
                .body("counts.superseded", equalTo(0));
        assertEquals(100_000, total("&date=ge2018-01-01&date=lt2018-12-31"));
    }

    @Test
    void a_file_that_is_read_otherwise_than_before_begins_anew() throws SQLException {
        String job = place(posts(samples("anew", MORNING.plusYears(8), 100_000)));
        JobRequests.when(token, job, state -> state.extract().<Integer>path("counts.read") > 49_000);
        assertEquals(1, takenAway(job, ", batches = batches - 1"), "in the middle");
        JobRequests.ended(token, job)
                .body("state", equalTo("COMPLETE"))
                .body("counts.read", equalTo(100_000))
                .body("counts.superseded", equalTo(0));
        assertEquals(100_000, total("&date=ge2019-01-01&date=lt2019-12-31"));
    }

    @Test
    void the_person_takes_back_what_a_job_has_created() {
        byte[] file = samples("purged", MORNING.plusYears(4), 300);
        String job = new TusRequests(token, "PATRQT").sends(person, file);
        JobRequests.ended(token, job).body("state", equalTo("COMPLETE"));
        assertEquals(300, total("&date=ge2015-01-01&date=lt2015-12-31"));
        own().delete(job + "?purge=perhaps").then().statusCode(400);
        own().delete(job + "?purge=true").then().statusCode(202);
        JobRequests.when(token, job, state -> "CANCELED".equals(state.extract().path("state")))
                .body("counts.purged", greaterThan(299));
        assertEquals(0, total("&date=ge2015-01-01&date=lt2015-12-31"));
        String again = new TusRequests(token, "PATRQT").sends(person, file);
        JobRequests.ended(token, again).body("state", equalTo("COMPLETE"));
        assertEquals(0, total("&date=ge2015-01-01&date=lt2015-12-31"), "what is deleted stays deleted");
    }

    @Test
    void a_job_that_is_cancelled_stops_and_keeps_what_is_stored() {
        byte[] file = samples("cancelled", MORNING.plusYears(5), 100_000);
        String job = place(posts(file));
        JobRequests.when(token, job, state -> state.extract().<Integer>path("counts.read") > 0);
        own().delete(job).then().statusCode(202);
        int stored = JobRequests.ended(token, job)
                .body("state", equalTo("CANCELED"))
                .extract()
                .path("counts.stored");
        assertTrue(stored > 0 && stored < 100_000, "stored " + stored);
        assertEquals(stored, total("&date=ge2016-01-01&date=lt2016-12-31"));
    }

    @Test
    void a_consent_that_ends_in_the_middle_ends_the_job() {
        String mine = Tokens.citizen("citizen-44", "patient/*.cruds");
        String her = Cast.register(mine);
        Cast.revokeEverything(mine);
        String patient = Cast.introduce(mine, her, "aruku");
        String consent = Cast.grant(mine, MAY_SEND);
        String vendor = Tokens.aruku("system/Observation.c");
        byte[] file = samples("revoked", MORNING, 150_000);
        String job = new TusRequests(vendor, "TREAT").sends(patient, file);
        JobRequests.when(vendor, job, state -> state.extract().<Integer>path("counts.read") > 0);
        Http.as(mine).post("/consents/" + consent + "/$revoke").then().statusCode(200);
        int stored = JobRequests.ended(vendor, job)
                .body("state", equalTo("ERROR"))
                .body("error.issue[0].details.coding[0].code", equalTo("consent-required"))
                .extract()
                .path("counts.stored");
        assertTrue(stored < 150_000, "stored " + stored);
        int there = Http.as(mine, "PATRQT")
                .get("/fhir/Observation?_summary=count&patient=" + her)
                .then()
                .extract()
                .path("total");
        assertEquals(stored, there, "nothing more is stored");
        new TusRequests(vendor, "TREAT").creates(patient, 100).statusCode(403);
    }
}
