package phr.gateway.ingest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.CheckupZip;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What a sender hears follows from its own sending alone: the record it may not read answers nothing (consent-semantics.md §14.2). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SenderAnswersTest {

    private static final String SHE = "citizen-49";
    private static final String CONTROL = "citizen-50";
    private static final String MAY_SEND = """
            {"effect":"PERMIT","grantees":[{"kind":"%s","id":"%s"}],"purposes":["%s"],"actions":["contribute"],
             "countries":["JP"],"selectors":"ALL","labels":"ANY"}""";

    private final String facility = "13" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);

    @BeforeEach
    void a_clinic_may_send_and_not_read() {
        Cast.organisations();
        for (String citizen : new String[] {SHE, CONTROL}) {
            Cast.register(Tokens.citizen(citizen));
            Cast.revokeEverything(Tokens.citizen(citizen));
            Cast.grant(
                    Tokens.citizen(citizen), MAY_SEND.formatted("ORGANISATION", "Organization/sakura-clinic", "TREAT"));
        }
    }

    @Test
    void a_file_that_she_has_already_is_as_new_as_one_that_nobody_has() {
        byte[] hers = checkup(SHE).xml();
        herself(SHE, hers).then().statusCode(201);
        Response control = clinicSends(CONTROL, checkup(CONTROL).xml());
        Response known = clinicSends(SHE, hers);
        same(control, known);
        assertEquals(201, known.statusCode());
        known.then().body("stored.created", greaterThan(0)).body("stored.duplicate", equalTo(0));
        Response again = clinicSends(SHE, hers);
        assertEquals(200, again.statusCode(), "its own earlier upload it may know");
        again.then().body("stored.created", equalTo(0)).body("stored.originals", equalTo(0));
        herself(SHE, hers).then().body("stored.created", equalTo(0)).body("stored.duplicate", greaterThan(0));
        observations(SHE, "9N001000000000001").body("entry", hasSize(1));
    }

    @Test
    void wrapping_the_same_document_anew_tells_no_more() {
        Checkup hers = checkup(SHE);
        herself(SHE, hers.xml()).then().statusCode(201);
        Response control = clinicSends(CONTROL, CheckupZip.of(checkup(CONTROL)).bytes());
        same(control, clinicSends(SHE, CheckupZip.of(hers).bytes()));
    }

    @Test
    void her_own_later_copy_changes_nothing_for_the_clinic() {
        byte[] hers = checkup(SHE).xml();
        Response first = clinicSends(SHE, hers);
        herself(SHE, hers).then().body("stored.created", equalTo(0));
        Response control = clinicSends(CONTROL, checkup(CONTROL).xml());
        same(control, first);
        same(clinicSends(CONTROL, checkup(CONTROL).xml()), clinicSends(SHE, hers));
    }

    @Test
    void a_file_that_waits_for_her_waits_under_another_number_for_each_sender() {
        byte[] somebodys = Checkup.of(People.TARO)
                .facility(facility, "ひばり健診所")
                .on(LocalDate.of(2025, 6, 2))
                .item("9N001000000000001", "171.3")
                .xml();
        String hers = herself(SHE, somebodys).then().statusCode(202).extract().path("held.id");
        String its =
                clinicSends(SHE, somebodys).then().statusCode(202).extract().path("held.id");
        assertNotEquals(hers, its);
        assertEquals(its, clinicSends(SHE, somebodys).path("held.id"));
    }

    @Test
    void herself_in_an_application_of_somebody_else_is_a_source_of_its_own() {
        String person = Cast.register(Tokens.citizen(SHE));
        String patient = Cast.introduce(Tokens.citizen(SHE), person, "sakura-clinic");
        Cast.grant(Tokens.citizen(SHE), Cast.SAKURA_MAY_READ);
        Cast.grant(Tokens.citizen(SHE), MAY_SEND.formatted("APP", "sakura-viewer", "PATRQT"));
        String mark = UUID.randomUUID().toString();
        herself(SHE, sample(mark, 61)).then().statusCode(201);
        String viewer = Tokens.user("sakura-viewer", "sakura-viewer-demo-secret", SHE, "user/*.cruds");
        send(viewer, "PATRQT", person, sample(mark, 99)).then().statusCode(201).body("stored.created", greaterThan(0));
        clinic(patient, mark).body("entry", hasSize(2));
        Cast.grant(Tokens.citizen(SHE), """
                {"effect":"DENY","grantees":[{"kind":"ANY"}],"selectors":[{"source":["sakura-viewer"]}],
                 "emergency":"never"}""");
        clinic(patient, mark)
                .body("entry", hasSize(1))
                .body("entry[0].resource.valueQuantity.value", equalTo(61))
                .body("entry[0].resource.meta.versionId", equalTo("1"));
    }

    private static io.restassured.response.ValidatableResponse clinic(String patient, String mark) {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT")
                .queryParam("patient", patient)
                .queryParam("code", "http://loinc.org|8867-4")
                .queryParam("date", "eq" + time(mark))
                .get("/fhir/Observation")
                .then()
                .statusCode(200);
    }

    /** A minute that belongs to this mark alone. */
    private static OffsetDateTime time(String mark) {
        int minute = Math.floorMod(mark.hashCode(), 500_000);
        return OffsetDateTime.parse("2024-02-02T07:00:00+09:00").plusMinutes(minute);
    }

    private static byte[] sample(String mark, int beats) {
        return Lifelogs.heartRate("x", time(mark), beats)
                .replace(
                        "\"status\"",
                        "\"identifier\":[{\"system\":\"https://other.example/fhir\",\"value\":\"" + mark
                                + "\"}],\"status\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Checkup checkup(String citizen) {
        Person person = People.HANAKO.withKanji("試験 市民" + citizen.substring(8)).withKana("シケン シミン");
        return Checkup.of(person)
                .facility(facility, "ひばり健診所")
                .on(LocalDate.of(2025, 6, 2))
                .item("9N001000000000001", "158.6")
                .item("9N006000000000001", "54.9");
    }

    /** Byte for byte: neither counts nor numbers nor headers tell the two apart. */
    private static void same(Response one, Response other) {
        assertEquals(one.statusCode(), other.statusCode());
        assertEquals(one.asString(), other.asString());
        assertEquals(one.header("Location"), other.header("Location"));
        assertEquals(one.header("ETag"), other.header("ETag"));
    }

    private static io.restassured.response.ValidatableResponse observations(String citizen, String code) {
        String person = Cast.register(Tokens.citizen(citizen));
        return Http.as(Tokens.citizen(citizen, "patient/*.cruds"), "PATRQT")
                .queryParam("patient", person)
                .queryParam("code", "urn:oid:1.2.392.200119.6.1005|" + code)
                .get("/fhir/Observation")
                .then()
                .statusCode(200);
    }

    private static Response herself(String citizen, byte[] file) {
        return send(Tokens.citizen(citizen, "patient/*.cruds"), "PATRQT", Cast.register(Tokens.citizen(citizen)), file);
    }

    private static Response clinicSends(String citizen, byte[] file) {
        String token = Tokens.citizen(citizen);
        String known = Cast.introduce(token, Cast.register(token), "sakura-clinic");
        return send(Tokens.drSato("user/*.cruds"), "TREAT", known, file);
    }

    private static Response send(String token, String purpose, String person, byte[] file) {
        return Http.as(token, purpose)
                .contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", person);
    }
}
