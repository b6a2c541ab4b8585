package phr.gateway.quarantine;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.PersonId;
import phr.fhir.facts.Labels;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What full validation finds wrong afterwards is kept from her clinic, not from her; she sees where, and lets it go. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class QuarantineTest {

    private static final String CITIZEN = "citizen-77";
    private static final String ICD = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";
    private static final String PERSON = "urn:uuid:00000000-0000-4000-8000-000000000001";

    /** Her clinic may see everything, also what nobody has labelled. */
    private static final String EVERYTHING =
            Cast.SAKURA_MAY_READ.replace("{\"max\":\"N\",\"sensitivities\":[]}", "\"ANY\"");

    @Inject
    Inspector inspector;

    @Inject
    ValidationQueue queue;

    @Inject
    DataSource database;

    private String token = "";
    private String her = "";
    private String patient = "";
    /** Distinguishes what each test sends. */
    private String run = "";

    @BeforeEach
    void shares_everything_with_her_clinic() {
        Cast.organisations();
        token = Tokens.citizen(CITIZEN, "patient/*.cruds");
        her = Cast.register(token);
        patient = Cast.introduce(token, her, "sakura-clinic");
        Cast.revokeEverything(token);
        Cast.grant(token, EVERYTHING);
        run = UUID.randomUUID().toString().substring(0, 8);
        work();
    }

    private void work() {
        while (inspector.inspectOne(person())) {
            continue;
        }
    }

    private PersonId person() {
        return PersonId.parse(her);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private RequestSpecification doctor() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }

    private ValidatableResponse uploads(String... resources) {
        String citizen = """
                {"fullUrl":"%s","resource":{"resourceType":"Patient","name":[{"extension":[{"url":
                 "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"SYL"}],"text":"シケン シミン"}],
                 "gender":"female","birthDate":"1980-05-10"}}""".formatted(PERSON);
        return own().contentType("application/fhir+json")
                .body(
                        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"identifier\":{\"system\":\"urn:test\",\"value\":\""
                                + run + "\"},\"entry\":[" + citizen + ",{\"resource\":"
                                + String.join("},{\"resource\":", resources) + "}]}")
                .post("/ingest/{person}", her)
                .then();
    }

    private String condition(String id, String rest) {
        return """
                {"resourceType":"Condition","id":"%s-%s","clinicalStatus":{"coding":[{"code":"active",
                 "system":"http://terminology.hl7.org/CodeSystem/condition-clinical"}]},"code":{"coding":[{"system":"%s",
                 "code":"I10"}]},"identifier":[{"system":"urn:test","value":"%s-%s"}],"onsetDateTime":"2024-11-05"%s,
                 "subject":{"reference":"%s"}}""".formatted(run, id, ICD, run, id, rest, PERSON);
    }

    /** con-4: what has abated is not active. */
    private String broken(String id) {
        return condition(id, ",\"abatementDateTime\":\"2025-01-10\"");
    }

    private String sound(String id) {
        return condition(id, "");
    }

    private ValidatableResponse conditions(RequestSpecification caller, String whose) {
        return caller.queryParam("patient", whose)
                .queryParam("identifier", "urn:test|" + run + "-a,urn:test|" + run + "-b")
                .queryParam("_total", "accurate")
                .get("/fhir/Condition")
                .then()
                .statusCode(200);
    }

    private String id(String suffix) {
        return own().queryParam("patient", her)
                .queryParam("identifier", "urn:test|" + run + "-" + suffix)
                .get("/fhir/Condition")
                .then()
                .extract()
                .path("entry[0].resource.id");
    }

    private ValidatableResponse quarantine() {
        return own().get("/ingest/{person}/quarantine", her).then().statusCode(200);
    }

    private String entry(String reference) {
        return quarantine().extract().path("find { it.reference == '" + reference + "' }.id");
    }

    @Test
    void what_has_an_error_is_hers_and_nobody_elses_until_she_releases_it() {
        uploads(sound("a"), broken("b")).statusCode(201);
        conditions(doctor(), patient).body("total", equalTo(2));
        work();

        conditions(own(), her)
                .body("total", equalTo(2))
                .body("entry.resource.meta.security.flatten().code", hasItem("quarantined"));
        conditions(doctor(), patient).body("total", equalTo(1));
        String bad = id("b");
        doctor().get("/fhir/Condition/" + bad).then().statusCode(404);
        doctor().get("/fhir/Condition/" + bad + "/_history").then().statusCode(404);
        doctor().get("/fhir/Condition/" + id("a")).then().statusCode(200);

        String told = quarantine()
                .body("find { it.reference == 'Condition/" + bad + "' }.state", equalTo("QUARANTINED"))
                .body("find { it.reference == 'Condition/" + bad + "' }.version", equalTo(1))
                .body("find { it.reference == 'Condition/" + bad + "' }.findings.rule", hasItem("con-4"))
                .body("find { it.reference == 'Condition/" + bad + "' }.findings.expression", hasItem("Condition"))
                .body("reference", not(hasItem("Condition/" + id("a"))))
                .extract()
                .asString();
        assertFalse(told.contains("I10") || told.contains("2025-01-10"), "no value of the resource");

        own().post("/ingest/{person}/quarantine/{id}/$release", her, entry("Condition/" + bad))
                .then()
                .statusCode(200)
                .body("state", equalTo("RELEASED"));
        own().post("/ingest/{person}/quarantine/{id}/$release", her, entry("Condition/" + bad))
                .then()
                .statusCode(200);
        conditions(doctor(), patient)
                .body("total", equalTo(2))
                .body("entry.resource.meta.security.flatten().code", not(hasItem("quarantined")));
        uploads(sound("a"), broken("b")).statusCode(200);
        work();
        conditions(doctor(), patient).body("total", equalTo(2));
    }

    @Test
    void a_corrected_version_comes_out_by_itself_once_it_has_passed() {
        uploads(broken("a")).statusCode(201);
        work();
        conditions(doctor(), patient).body("total", equalTo(0));

        uploads(sound("a"));
        conditions(doctor(), patient).body("total", equalTo(0));
        work();
        conditions(doctor(), patient).body("total", equalTo(1));
        quarantine().body("reference", not(hasItem("Condition/" + id("a"))));

        uploads(broken("a"));
        work();
        conditions(doctor(), patient).body("total", equalTo(0));
        quarantine().body("find { it.reference == 'Condition/" + id("a") + "' }.version", equalTo(3));
    }

    @Test
    void an_upgrade_of_the_validator_validates_again_what_nobody_has_released() throws SQLException {
        uploads(broken("a"), broken("b"));
        work();
        own().post("/ingest/{person}/quarantine/{id}/$release", her, entry("Condition/" + id("b")))
                .then()
                .statusCode(200);
        run("update quarantine set edition = 'older' where person_id = ?");

        assertTrue(queue.again("newer") >= 1);

        assertTrue(waiting().contains(id("a")));
        assertFalse(waiting().contains(id("b")), "she has released it");
        assertEquals(0, queue.again("newer"));
        work();
        conditions(doctor(), patient).body("total", equalTo(1));
    }

    /** Of samples that differ in their numbers only, one is validated for all. */
    @Test
    void a_series_of_samples_is_in_or_out_as_a_whole() {
        OffsetDateTime first = OffsetDateTime.parse("2022-05-01T08:00:00+09:00");
        String lines = new String(Lifelogs.heartRateNdjson(first, 30), StandardCharsets.UTF_8)
                .replace(
                        "\"coding\":[{\"system\":\"http://loinc.org\"",
                        "\"coding\":[{\"system\":\"local-" + run
                                + "\",\"code\":\"hr\"},{\"system\":\"http://loinc.org\"");
        own().contentType("application/octet-stream")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}", her)
                .then()
                .statusCode(201);
        heartRates(doctor(), patient, 30);
        work();

        heartRates(doctor(), patient, 0);
        heartRates(own(), her, 30);
        String entry = quarantine().extract().path("find { it.series }.id");
        own().post("/ingest/{person}/quarantine/{id}/$release", her, entry)
                .then()
                .statusCode(200);
        heartRates(doctor(), patient, 30);
    }

    private void heartRates(RequestSpecification caller, String whose, int count) {
        caller.queryParam("patient", whose)
                .queryParam("code", "local-" + run + "|hr")
                .queryParam("_summary", "count")
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("total", equalTo(count));
    }

    @Test
    void a_sender_cannot_send_the_label() {
        String label = "\"code\":{\"coding\"";
        String hostile = sound("a")
                .replaceFirst(
                        Pattern.quote(label),
                        "\"meta\":{\"security\":[{\"system\":\"" + Labels.QUARANTINE_SYSTEM
                                + "\",\"code\":\"quarantined\"}]}," + label.replace("$", "\\$"));
        assertTrue(hostile.contains("quarantined"));
        uploads(hostile).statusCode(201);
        conditions(doctor(), patient).body("total", equalTo(1));
        work();
        conditions(doctor(), patient).body("total", equalTo(1));
        quarantine().body("reference", not(hasItem("Condition/" + id("a"))));
    }

    @Test
    void nobody_else_looks_or_releases_and_what_is_not_known_is_refused() {
        uploads(broken("a"));
        work();
        String entry = entry("Condition/" + id("a"));
        doctor().get("/ingest/{person}/quarantine", patient).then().statusCode(403);
        doctor().post("/ingest/{person}/quarantine/{id}/$release", patient, entry)
                .then()
                .statusCode(403);
        own().post("/ingest/{person}/quarantine/{id}/$release", her, UUID.randomUUID())
                .then()
                .statusCode(404);
        own().queryParam("state", "RELEASED")
                .get("/ingest/{person}/quarantine", her)
                .then()
                .statusCode(400);
        own().queryParam("_count", "0")
                .get("/ingest/{person}/quarantine", her)
                .then()
                .statusCode(400);
        own().queryParam("_count", "1")
                .get("/ingest/{person}/quarantine", her)
                .then()
                .body("", hasSize(1))
                .body("id", containsInAnyOrder(entry));
        own().queryParam("after", entry)
                .get("/ingest/{person}/quarantine", her)
                .then()
                .body("id", not(hasItem(entry)));
        own().delete("/fhir/Condition/" + id("a")).then().statusCode(204);
        quarantine().body("id", not(hasItem(entry)));
        own().post("/ingest/{person}/quarantine/{id}/$release", her, entry)
                .then()
                .statusCode(404);
    }

    @Test
    void operators_see_which_rules_fail_and_of_nobody() {
        uploads(broken("a"));
        work();
        String overview = Http.as(Tokens.operator())
                .get("/quarantine")
                .then()
                .statusCode(200)
                .body("quarantined", greaterThanOrEqualTo(1))
                .body("findings.find { it.rule == 'con-4' }.type", equalTo("Condition"))
                .body("findings.find { it.rule == 'con-4' }.expression", equalTo("Condition"))
                .body("findings.find { it.rule == 'con-4' }.quarantined", greaterThanOrEqualTo(1))
                .extract()
                .asString();
        assertFalse(overview.contains(her) || overview.contains(id("a")));
        own().get("/quarantine").then().statusCode(403);
        Http.as(Tokens.operator()).get("/q/metrics").then().body(containsString("phr_quarantine_waiting"));
    }

    /** A node that is killed leaves what it had taken to another one; what it finds too late counts for nothing. */
    @Test
    void a_run_that_is_cut_off_is_done_by_another_one() throws SQLException {
        uploads(broken("a"));
        UUID killed = UUID.randomUUID();
        Waiting taken = queue.take(killed, person()).orElseThrow();
        work();
        while (queue.take(UUID.randomUUID(), person()).isPresent()) {
            continue;
        }
        conditions(doctor(), patient).body("total", equalTo(taken.type().equals("Condition") ? 1 : 0));

        run("update validation_waiting set lease_until = now() - interval '1 second' where person_id = ?");
        work();
        conditions(doctor(), patient).body("total", equalTo(0));
        assertFalse(queue.done(taken, killed), "it is not the killed one's any more");
        assertEquals(List.of(), waiting());
    }

    /** What the validator does not survive is taken alone in the end, and counts as wrong. */
    @Test
    void what_nobody_comes_to_an_end_with_counts_as_wrong_and_takes_nothing_else_along() throws SQLException {
        uploads(sound("a"), sound("b"));
        run("update validation_waiting set takes = 3 where person_id = ?");
        work();
        conditions(doctor(), patient).body("total", equalTo(2));

        uploads(condition("a", ",\"recordedDate\":\"2025-02-01\""), condition("b", ",\"recordedDate\":\"2025-02-01\""));
        run("update validation_waiting set ids = ids[1:1], takes = 4 where person_id = ? and type = 'Condition'");
        work();
        conditions(doctor(), patient).body("total", equalTo(1));
        quarantine().body("[0].findings.rule", hasItem("not-validated"));
    }

    /** Whose turn it is: the more of her waits, the later the next of hers; of somebody else it is now. */
    @Test
    void a_flood_for_one_person_delays_no_other() throws SQLException {
        run("insert into validation_waiting (person_id, type, ids, due) select ?, 'Flood', array[gen_random_uuid()],"
                + " now() + n * interval '1 second' from generate_series(1, 300) n");
        uploads(sound("a"));
        assertEquals(1, dueLaterThan("Condition", "250 seconds"));
        run("delete from validation_waiting where person_id = ?");
        uploads(broken("a"));
        assertEquals(0, dueLaterThan("Condition", "250 seconds"));
    }

    private int dueLaterThan(String type, String time) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from validation_waiting where person_id = ? and type = ? and due > now() + ?::interval")) {
            select.setObject(1, person().value());
            select.setString(2, type);
            select.setString(3, time);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private List<String> waiting() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select i::text from validation_waiting w, unnest(w.ids) i where w.person_id = ?")) {
            select.setObject(1, person().value());
            List<String> ids = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
            return ids;
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, person().value());
            statement.executeUpdate();
        }
    }
}
