package phr.gateway.journey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** FHIR clients that write many Observations in one Bundle and want to know what became of each. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class BatchTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2018-04-01T09:00:00+09:00");

    private Citizen citizen;

    @BeforeEach
    void a_citizen() {
        citizen = Citizen.named("citizen-40");
    }

    @Test
    void each_entry_is_answered_in_its_place() {
        String fine = about("Patient/" + citizen.id(), heartRate("place-1", 0, 61));
        String impossible = heartRate("place-2", 1, 62).replace("\"final\"", "\"nonsense\"");
        String ofAnother = about("Patient/00000000-0000-4000-8000-000000000009", heartRate("place-3", 2, 63));
        sends("batch", post(fine), post(impossible), post(ofAnother), post(heartRate("place-4", 3, 64)))
                .statusCode(200)
                .contentType(startsWith("application/fhir+json"))
                .body("type", equalTo("batch-response"))
                .body("entry.response.status.collect{it.substring(0,3)}", contains("201", "422", "422", "201"))
                .body("entry[0].response.location", startsWith("Observation/"))
                .body("entry[0].response.etag", equalTo("W/\"1\""))
                .body("entry[1].response.outcome.issue[0].expression[0]", startsWith("Bundle.entry[1].resource"))
                .body("entry[1].response.location", nullValue())
                .body("entry[2].response.outcome.issue[0].expression[0]", equalTo("Bundle.entry[2].resource.subject"));
    }

    @Test
    void the_location_is_where_the_resource_can_be_read() {
        String location =
                sends("batch", post(heartRate("read-1", 10, 66))).extract().path("entry[0].response.location");
        citizen.reads(location)
                .statusCode(200)
                .body("valueQuantity.value", equalTo(66))
                .body("subject.reference", equalTo("Patient/" + citizen.id()));
    }

    @Test
    void twice_is_once_and_another_value_is_a_new_version_of_the_same_resource() {
        String[] hundred = IntStream.range(0, 100)
                .mapToObj(i -> post(heartRate("twice-" + i, 100 + i, 60 + i % 40)))
                .toArray(String[]::new);
        List<String> first = sends("batch", hundred)
                .body("entry.response.status", everyItem(equalTo("201 Created")))
                .extract()
                .path("entry.response.location");
        List<String> second = sends("batch", hundred)
                .body("entry.response.status", everyItem(equalTo("200 OK")))
                .extract()
                .path("entry.response.location");
        assertEquals(first, second);
        sends("batch", post(heartRate("twice-7", 107, 99)))
                .body("entry[0].response.status", equalTo("200 OK"))
                .body("entry[0].response.location", equalTo(first.get(7).replace("_history/1", "_history/2")));
    }

    @Test
    void a_transaction_with_one_bad_entry_stores_nothing() {
        String before = citizen.inventory();
        sends(
                        "transaction",
                        post(heartRate("all-1", 300, 61)),
                        post(heartRate("all-2", 301, 62).replace("final", "x")))
                .statusCode(422)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].expression[0]", startsWith("Bundle.entry[1]"));
        assertEquals(before, citizen.inventory());
        sends("transaction", post(heartRate("all-1", 300, 61)), post(heartRate("all-2", 301, 62)))
                .statusCode(200)
                .body("type", equalTo("transaction-response"))
                .body("entry.response.status", everyItem(equalTo("201 Created")));
    }

    @Test
    void an_update_is_known_by_the_id_its_sender_gave() {
        List<String> puts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            puts.add(entry("PUT", "Observation/put-" + i, heartRate("put-" + i, 400 + i, 70)));
        }
        puts.add(entry("PUT", "Observation/somebody-else", heartRate("put-9", 409, 70)));
        sends("batch", puts.toArray(String[]::new))
                .body("entry.response.status.collect{it.substring(0,3)}", contains("201", "201", "201", "422"))
                .body("entry[3].response.outcome.issue[0].expression[0]", equalTo("Bundle.entry[3].request.url"));
        sends("batch", entry("PUT", "Observation/put-1", heartRate("put-1", 401, 75)))
                .body("entry[0].response.status", equalTo("200 OK"))
                .body("entry[0].response.etag", equalTo("W/\"2\""));
    }

    @Test
    void what_is_no_writing_of_an_observation_is_refused_by_itself() {
        String observation = heartRate("other-1", 500, 70);
        sends(
                        "batch",
                        "{\"request\":{\"method\":\"GET\",\"url\":\"Observation\"}}",
                        "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/1\"}}",
                        "{\"resource\":" + observation + "}",
                        post("{\"resourceType\":\"Device\"}").replace("\"Observation\"", "\"Device\""),
                        post("{\"resourceType\":\"Nonsense\"}"),
                        entry("POST", "Observation/$stats", observation),
                        post(observation).replace("\"POST\"", "\"POST\",\"ifNoneExist\":\"identifier=1\""),
                        "17",
                        post(observation))
                .statusCode(200)
                .body("entry.size()", equalTo(9))
                .body("entry[0..7].response.status", everyItem(startsWith("422")))
                .body("entry[0..7].response.outcome.issue.flatten().severity", everyItem(equalTo("error")))
                .body("entry[6].response.outcome.issue[0].expression[0]", containsString("request.ifNoneExist"))
                .body("entry[8].response.status", equalTo("201 Created"));
    }

    @Test
    void what_is_no_batch_is_refused_as_a_whole() {
        for (String body : List.of(
                "",
                "{",
                "[]",
                "{\"resourceType\":\"Observation\"}",
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":{}}",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[],\"entry\":[]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\"} {}")) {
            citizen.asks()
                    .contentType("application/fhir+json")
                    .body(body)
                    .post("/fhir")
                    .then()
                    .statusCode(400)
                    .body("resourceType", equalTo("OperationOutcome"));
        }
        citizen.asks()
                .contentType("application/fhir+json")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}")
                .post("/fhir")
                .then()
                .statusCode(200)
                .body("entry", nullValue());
        String many = "{\"resource\":{}},".repeat(10_000) + "{}";
        sends("batch", many).statusCode(413);
    }

    @Test
    void a_my_number_is_neither_stored_nor_repeated() {
        String hidden = heartRate("secret", 600, 70)
                .replace("\"status\"", "\"note\":[{\"text\":\"個人番号:123456789018\"}],\"status\"");
        sends("batch", post(hidden), post(heartRate("open", 601, 70)))
                .statusCode(200)
                .body("entry[0].response.status", startsWith("422"))
                .body("entry[1].response.status", startsWith("201"))
                .body(not(containsString("123456789018")));
    }

    @Test
    void an_app_of_somebody_else_writes_where_it_may_and_learns_nothing_of_the_rest() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Tokyo"));
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
                .put("/organisations/{id}", "aruku");
        String pairwise = citizen.introducesHerselfTo("aruku");
        String bundle = bundle("batch", post(about("Patient/" + pairwise, heartRate("app-1", 700, 71))));
        asAruku(bundle).statusCode(403);
        String consent = citizen.permits(
                "aruku", "contribute", today.toString(), today.plusYears(1).toString(), "lifelog-vitals");
        String location = asAruku(bundle)
                .statusCode(200)
                .body("entry[0].response.status", equalTo("201 Created"))
                .extract()
                .path("entry[0].response.location");
        citizen.asks()
                .delete("/fhir/" + location.replaceAll("/_history.*", ""))
                .then()
                .statusCode(204);
        asAruku(bundle)
                .body("entry[0].response.status", equalTo("200 OK"))
                .body("entry[0].response.etag", nullValue())
                .body("entry[0].response.location", not(containsString("_history")));
        citizen.reads(location.replaceAll("/_history.*", "")).statusCode(410);
        citizen.revokes(consent).statusCode(200);
        asAruku(bundle).statusCode(403);
        asAruku(bundle("batch", post(heartRate("app-2", 701, 71)))).statusCode(400);
    }

    private ValidatableResponse asAruku(String bundle) {
        return Http.as(Tokens.aruku("system/Observation.c"), "TREAT")
                .contentType("application/fhir+json")
                .body(bundle)
                .post("/fhir")
                .then();
    }

    private ValidatableResponse sends(String type, String... entries) {
        return citizen.asks()
                .contentType("application/fhir+json")
                .body(bundle(type, entries))
                .post("/fhir")
                .then();
    }

    private static String bundle(String type, String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String post(String resource) {
        return entry("POST", "Observation", resource);
    }

    private static String entry(String method, String url, String resource) {
        return "{\"resource\":" + resource + ",\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"}}";
    }

    private static String about(String subject, String observation) {
        return observation.replace("\"status\"", "\"subject\":{\"reference\":\"" + subject + "\"},\"status\"");
    }

    private static String heartRate(String id, int minute, int beats) {
        return Lifelogs.heartRate(id, MORNING.plusMinutes(minute), beats);
    }
}
