package phr.gateway.ingest.upload;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.VendorFiles;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.ingest.job.JobRequests;

/** A request whose answer was lost comes again under its key (Idempotency-Key). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class RepeatedRequestTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2022-03-01T07:00:00+09:00");

    private final String key = UUID.randomUUID().toString();

    private String token;
    private String person;

    @BeforeEach
    void somebodyWithSamples() {
        Cast.organisations();
        token = Tokens.citizen("citizen-45", "patient/*.cruds");
        person = Cast.register(token);
    }

    @AfterEach
    void theTimeIsAsItWas() {
        MovableClock.back();
    }

    private Response posts(byte[] file, String... keys) {
        var request = Http.as(token, "PATRQT").contentType("application/octet-stream");
        for (String one : keys) {
            request.header("Idempotency-Key", one);
        }
        return request.body(file).post("/ingest/{person}", person);
    }

    private static byte[] sample() {
        String id = UUID.randomUUID().toString();
        return Lifelogs.heartRate(id, MORNING.plusMinutes(Math.floorMod(id.hashCode(), 400_000)), 61)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_same_key_and_body_get_the_same_answer() {
        byte[] file = sample();
        Response first = posts(file, "\"" + key + "\"");
        assertEquals(201, first.statusCode());
        Response second = posts(file, key);
        assertEquals(201, second.statusCode());
        assertEquals(first.asString(), second.asString());
        posts(file).then().statusCode(200).body("stored.created", equalTo(0));
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        posts(sample(), key).then().statusCode(201);
        posts(sample(), key).then().statusCode(422).body("issue[0].details.coding[0].code", equalTo("IDM-3"));
        MovableClock.ahead(Duration.ofDays(2).plusMinutes(1));
        posts(sample(), key).then().statusCode(not(equalTo(422)));
    }

    @Test
    void what_is_refused_may_come_again() {
        byte[] nothing = {0, 1, 2};
        posts(nothing, key).then().statusCode(400);
        posts(nothing, key).then().statusCode(400);
        posts(sample(), key).then().statusCode(201);
        posts(sample(), "\"").then().statusCode(400);
    }

    @Test
    void batches_of_samples_need_a_key() {
        posts(VendorFiles.samples()).then().statusCode(400).body("issue[0].details.coding[0].code", equalTo("IDM-2"));
        posts(VendorFiles.samples(), key).then().statusCode(equalTo(201));
    }

    @Test
    void two_at_a_time_are_one() {
        byte[] file = sample();
        posts(sample()).then().statusCode(201);
        Set<String> answers = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> posts(file, key))
                .map(answer -> answer.statusCode() + answer.asString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(1, answers.size());
        assertTrue(answers.iterator().next().startsWith("201"));
    }

    @Test
    void two_at_a_time_without_a_key_are_one_too() {
        byte[] file = sample();
        posts(sample()).then().statusCode(201);
        List<Integer> changed = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> posts(file).then().extract().jsonPath())
                .map(answer -> answer.getInt("stored.created") + answer.getInt("stored.updated"))
                .sorted()
                .toList();
        assertEquals(List.of(0, 0, 0, 0, 0), changed.subList(0, 5));
        assertTrue(changed.get(5) > 0);
    }

    @Test
    void a_key_names_a_job_too() {
        byte[] file = new byte[9 << 20];
        Arrays.fill(file, (byte) ' ');
        byte[] lines = IntStream.range(0, 50)
                .mapToObj(i -> Lifelogs.heartRate(key + i, MORNING.plusYears(1).plusMinutes(i), 62))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        System.arraycopy(lines, 0, file, 0, lines.length);
        List<String> places = List.of(place(posts(file, key)), place(posts(file, key)));
        assertEquals(places.get(0), places.get(1));
        JobRequests.ended(token, places.get(0))
                .body("state", equalTo("COMPLETE"))
                .body("counts.read", equalTo(50));
        posts(sample(), key).then().statusCode(422);
    }

    private static String place(Response accepted) {
        return URI.create(accepted.then().statusCode(202).extract().header("Location"))
                .getPath();
    }
}
