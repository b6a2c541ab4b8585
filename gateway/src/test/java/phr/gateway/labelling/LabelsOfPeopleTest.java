package phr.gateway.labelling;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.PersonId;
import phr.fhir.label.LabelTables;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.record.LabelStore;

/** Labels that the tables give, that the person adds, and that nobody takes away (consent-semantics.md §6.1). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class LabelsOfPeopleTest {

    private static final String CODES = "http://lab.example/codes";
    private static final String LEVEL = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    private static final String ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    @Inject
    LabelStore store;

    private String person;
    private String patient;
    private String mark;
    private String time;

    @BeforeEach
    void a_person_and_her_clinic() {
        Cast.organisations();
        person = Cast.register(token());
        patient = Cast.introduce(token(), person, "sakura-clinic");
        Cast.grant(token(), Cast.SAKURA_MAY_READ);
        mark = UUID.randomUUID().toString();
        time = OffsetDateTime.parse("2026-03-01T07:10:00+09:00")
                .plusSeconds(Math.floorMod(mark.hashCode(), 600_000) + 1L)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd\'T\'HH:mm:ssXXX", Locale.ROOT));
    }

    @AfterEach
    void leave_nothing_granted() {
        Cast.revokeEverything(token());
    }

    @Test
    void a_table_labels_on_writing_and_names_its_rule() {
        String hiv = upload("http://loinc.org", "7918-6");
        String sugar = upload("http://loinc.org", "4548-4");
        mine(hiv)
                .body("meta.security.find { it.system == '" + LEVEL + "' }.code", equalTo("R"))
                .body("meta.security.find { it.system == '" + ACT + "' }.code", equalTo("HIV"))
                .body(
                        "meta.security.find { it.system == '" + ACT + "' }.extension.valueString",
                        hasItem("infection-sensitive.INF-LOINC-HIV|2"));
        mine(sugar).body("meta.security.code", equalTo(java.util.List.of("N")));
        clinic(hiv).statusCode(404);
        clinic(sugar).statusCode(200);
    }

    @Test
    void what_nobody_has_labelled_is_released_by_no_permit_with_a_ceiling() {
        String unknown = upload(CODES, "whatever");
        mine(unknown).body("meta", not(org.hamcrest.Matchers.hasKey("security")));
        clinic(unknown).statusCode(404);
        Cast.grant(token(), Cast.SAKURA_MAY_READ.replace("{\"max\":\"N\"", "{\"max\":\"V\""));
        clinic(unknown).statusCode(404);
    }

    @Test
    void the_person_labels_what_nobody_has_labelled_and_takes_only_her_own_label_back() {
        String unknown = upload(CODES, "mine");
        label("add", unknown, LEVEL, "N").statusCode(200);
        clinic(unknown).statusCode(200);
        label("add", unknown, ACT, "MH").statusCode(200).body("parameter[0].valueMeta.security.code", hasItem("MH"));
        clinic(unknown).statusCode(404);
        label("delete", unknown, ACT, "MH").statusCode(200);
        clinic(unknown).statusCode(404);
        label("delete", unknown, LEVEL, "R").statusCode(200);
        mine(unknown).body("meta", not(org.hamcrest.Matchers.hasKey("security")));
    }

    @Test
    void nobody_takes_away_what_a_table_has_set() {
        String hiv = upload("http://loinc.org", "7918-6");
        label("delete", hiv, ACT, "HIV").statusCode(409).body("issue[0].details.text", startsWith("a label set by"));
        label("delete", hiv, LEVEL, "R").statusCode(409);
        label("add", hiv, LEVEL, "N").statusCode(200);
        mine(hiv).body("meta.security.code", hasItem("R")).body("meta.security.code", hasItem("HIV"));
        clinic(hiv).statusCode(404);
    }

    @Test
    void a_label_of_hers_outlives_a_new_version_from_the_source() {
        String sugar = upload("http://loinc.org", "4548-4");
        label("add", sugar, ACT, "SEX").statusCode(200);
        clinic(sugar).statusCode(404);
        send("http://loinc.org", "4548-4", "6.1");
        mine(sugar).body("meta.versionId", equalTo("2")).body("meta.security.code", hasItem("SEX"));
        clinic(sugar).statusCode(404);
    }

    @Test
    void only_the_person_labels_and_only_with_labels() {
        String sugar = upload("http://loinc.org", "4548-4");
        label("add", sugar, ACT, "NONSENSE").statusCode(422);
        label("add", sugar, "http://other.example", "R").statusCode(422);
        Http.as(token(), "PATRQT")
                .contentType("application/fhir+json")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/fhir/Observation/{id}/$meta-add", sugar)
                .then()
                .statusCode(400);
        label("add", UUID.randomUUID().toString(), LEVEL, "R").statusCode(404);
        operation(Tokens.drSato("user/*.cruds"), "TREAT", "add", sugar, LEVEL, "R")
                .statusCode(404);
        operation(Tokens.taro("patient/*.cruds"), "PATRQT", "add", sugar, LEVEL, "R")
                .statusCode(404);
        mine(sugar).body("meta.security.code", equalTo(java.util.List.of("N")));
    }

    @Test
    void changed_tables_reach_what_is_stored_and_doing_it_again_changes_nothing(@TempDir Path directory)
            throws Exception {
        String local = upload(CODES, "therapy");
        String sugar = upload("http://loinc.org", "4548-4");
        clinic(sugar).statusCode(200);
        Files.writeString(
                directory.resolve("house.tsv"),
                "table\thouse\t1\ncovers\t" + CODES + "\n" + "rule\tA\t\t" + CODES
                        + "\ttherapy*\t\tmental-health\tR\tMH\tthe house\tconfirmed\n"
                        + "rule\tB\t\thttp://loinc.org\t=4548-4\t\t\tR\tSEX\tthe house\tconfirmed\n",
                StandardCharsets.UTF_8);
        LabelTables tables = LabelTables.bundled().with(directory);
        PersonId id = new PersonId(UUID.fromString(person));
        store.relabel(id, tables);
        String once = mine(local).extract().asString();
        assertEquals(java.util.List.of("R", "MH"), mine(local).extract().path("meta.security.code"));
        clinic(sugar).statusCode(404);
        store.relabel(id, tables);
        assertEquals(once, mine(local).extract().asString());
        store.relabel(id, LabelTables.bundled());
        clinic(sugar).statusCode(200);
        mine(local).body("meta", not(org.hamcrest.Matchers.hasKey("security")));
    }

    private static String token() {
        return Tokens.citizen("citizen-15", "patient/*.cruds");
    }

    private String upload(String system, String code) {
        send(system, code, "5.6").statusCode(org.hamcrest.Matchers.oneOf(200, 201));
        return Http.as(token(), "PATRQT")
                .queryParam("patient", person)
                .queryParam("code", system + "|" + code)
                .queryParam("date", "eq" + time)
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .extract()
                .path("entry[0].resource.id");
    }

    private ValidatableResponse send(String system, String code, String value) {
        String observation =
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"identifier\":[{\"system\":\"urn:uuid:"
                        + mark + "\",\"value\":\"" + code + "\"}],\"category\":[{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"laboratory\"}]}],"
                        + "\"code\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code
                        + "\"}]},\"effectiveDateTime\":\"" + time + "\",\"valueQuantity\":{\"value\":"
                        + value
                        + ",\"unit\":\"%\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%\"}}";
        return Http.as(token(), "PATRQT")
                .contentType("application/octet-stream")
                .body(observation.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}/fhir", person)
                .then();
    }

    private ValidatableResponse mine(String id) {
        return Http.as(token(), "PATRQT")
                .get("/fhir/Observation/{id}", id)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse clinic(String id) {
        return Http.as(Tokens.drSato("patient/*.rs"), "TREAT")
                .get("/fhir/Observation/{id}", id)
                .then();
    }

    private static ValidatableResponse label(String what, String id, String system, String code) {
        return operation(token(), "PATRQT", what, id, system, code);
    }

    private static ValidatableResponse operation(
            String token, String purpose, String what, String id, String system, String code) {
        return Http.as(token, purpose)
                .contentType("application/fhir+json")
                .body(
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"security\":[{"
                                + "\"system\":\"" + system + "\",\"code\":\"" + code + "\"}]}}]}")
                .post("/fhir/Observation/{id}/$meta-" + what, id)
                .then();
    }
}
