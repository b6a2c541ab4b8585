package phr.gateway.pitfalls;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Granting, revoking and granting again, as the requests of two clinics and an app see it. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class RevocationRowsTest {

    private String token = "";
    private String person = "";
    private String patient = "";
    private String reading = "";

    @BeforeEach
    void a_citizen_with_heart_rates() {
        token = Tokens.citizen("citizen-34", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        patient = Cast.introduce(token, person, "sakura-clinic");
        Cast.revokeEverything(token);
        own().contentType("application/octet-stream")
                .body(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-02-01T07:00:00+09:00"), 3))
                .post("/ingest/{person}", person);
        reading = own().queryParam("patient", person)
                .get("/fhir/Observation")
                .then()
                .extract()
                .path("entry[0].resource.id");
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private static RequestSpecification with(String bearer) {
        return Http.as(bearer, "TREAT");
    }

    @Test
    @DisplayName(
            "P-23, P-26, §20 a changed consent has no effect until a job has run: the same token reads what is in force now")
    void the_same_token_reads_what_is_in_force_now() {
        String bearer = Tokens.drSato("user/*.rs");
        for (int round = 0; round < 3; round++) {
            search(bearer).then().statusCode(403);
            String directive = Cast.grant(token, Cast.SAKURA_MAY_READ);
            search(bearer).then().statusCode(200).body("entry.size()", equalTo(3));
            with(bearer).get("/fhir/Observation/" + reading).then().statusCode(200);
            revoke(directive);
            search(bearer).then().statusCode(403);
            with(bearer).get("/fhir/Observation/" + reading).then().statusCode(404);
        }
    }

    private Response search(String bearer) {
        return with(bearer).queryParam("patient", patient).get("/fhir/Observation");
    }

    private void revoke(String directive) {
        Http.as(token).post("/consents/" + directive + "/$revoke").then().statusCode(200);
    }

    @Test
    @DisplayName("P-22 the next page of a bulk read after revocation")
    void a_begun_read_does_not_go_on_after_the_revocation() {
        String bearer = Tokens.drSato("user/*.rs");
        String directive = Cast.grant(token, Cast.SAKURA_MAY_READ);
        for (String begun : new String[] {"/fhir/Observation?_count=1&patient=" + patient, everything("&_count=1")}) {
            String next = with(bearer)
                    .get(begun)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("link.find { it.relation == 'next' }.url");
            revoke(directive);
            with(bearer)
                    .urlEncodingEnabled(false)
                    .get(next.replace(Stack.BASE, "/fhir"))
                    .then()
                    .statusCode(403)
                    .body("resourceType", equalTo("OperationOutcome"));
            directive = Cast.grant(token, Cast.SAKURA_MAY_READ);
        }
    }

    private String everything(String parameters) {
        return "/fhir/Patient/" + patient + "/$everything?_dense=each" + parameters;
    }

    @Test
    @DisplayName("P-21 what one requester has read is no answer for another one or another purpose")
    void a_validator_of_another_requester_is_worth_nothing() {
        String bearer = Tokens.drSato("user/*.rs");
        String directive = Cast.grant(token, Cast.SAKURA_MAY_READ);
        Response read = with(bearer).get("/fhir/Observation/" + reading);
        String etag = read.header("ETag");
        assertTrue(read.header("Cache-Control").contains("no-store"));
        with(bearer)
                .header("If-None-Match", etag)
                .get("/fhir/Observation/" + reading)
                .then()
                .statusCode(304);
        Cast.introduce(token, person, "midori-clinic");
        for (RequestSpecification other : new RequestSpecification[] {
            with(Tokens.drSuzuki("user/*.rs")), Http.as(bearer, "HRESCH"), Http.as(bearer, "TREAT,HRESCH")
        }) {
            other.header("If-None-Match", etag)
                    .get("/fhir/Observation/" + reading)
                    .then()
                    .statusCode(404)
                    .header("ETag", nullValue());
        }
        revoke(directive);
        with(bearer)
                .header("If-None-Match", etag)
                .get("/fhir/Observation/" + reading)
                .then()
                .statusCode(404);
    }

    @Test
    @DisplayName("P-25 revoked, then granted again as a new version; P-31 nothing was erased in between")
    void revoking_is_not_erasing_and_not_for_ever() {
        String bearer = Tokens.drSato("user/*.rs");
        String before = own().get("/fhir/Observation/" + reading).asString();
        String directive = Cast.grant(token, Cast.SAKURA_MAY_READ);
        revoke(directive);
        assertEquals(before, own().get("/fhir/Observation/" + reading).asString());
        Http.as(token).get("/consents/" + directive).then().statusCode(200).body("directive.state", equalTo("REVOKED"));
        Http.as(token)
                .header("If-Match", "\"1\"")
                .contentType("application/json")
                .body(Cast.SAKURA_MAY_READ)
                .put("/consents/" + directive)
                .then()
                .statusCode(200)
                .body("directive.version", equalTo(2))
                .body("directive.state", equalTo("ACTIVE"));
        search(bearer).then().statusCode(200);
        revoke(directive);
        search(bearer).then().statusCode(403);
    }

    @Test
    @DisplayName("P-30 the consent itself leaks: a recipient finds neither the person's consents nor their traces")
    void what_she_decided_is_not_in_the_record_of_a_recipient() {
        String bearer = Tokens.drSato("user/*.rs");
        String its = Cast.grant(token, Cast.SAKURA_MAY_READ);
        String deny = Cast.grant(token, """
                {"effect":"DENY","grantees":[{"kind":"ANY"}],"emergency":"never","labels":{"sensitivities":["PSY"]}}""");
        for (String path : new String[] {
            "/fhir/Consent/" + deny,
            "/fhir/Consent?patient=" + person,
            "/consents/" + deny,
            "/audit/" + patient,
            "/ledgers/" + patient + "/provisions",
            "/fhir/AuditEvent/" + deny
        }) {
            int status = with(bearer).get(path).statusCode();
            assertTrue(status == 404 || status == 403, path + " " + status);
        }
        with(bearer)
                .get("/fhir/Consent?patient=" + patient)
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("entry.resource.id", equalTo(List.of(its)));
        String body = with(bearer).get(everything("")).asString()
                + with(bearer)
                        .get("/fhir/Consent?patient=" + patient)
                        .asString()
                        .replace("Consent", "");
        for (String trace : new String[] {"Consent", "AuditEvent", deny, "PSY", person}) {
            assertFalse(body.contains(trace), trace);
        }
    }

    @Test
    @DisplayName("P-19 conditional create: a hidden match behaves as no match, and is not touched")
    void an_app_neither_meets_nor_changes_what_it_may_not_see() {
        String known = Cast.introduce(token, person, "aruku");
        Cast.grant(token, """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/aruku"}],"purposes":["TREAT"],
                 "actions":["contribute"],"countries":["JP"],"selectors":[{"category":["lifelog-vitals"]}],
                 "labels":{"max":"N","sensitivities":[]}}""");
        String identifier = UUID.randomUUID().toString();
        String hers = sample(identifier, 61);
        own().contentType("application/octet-stream")
                .body(hers.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}/fhir", person)
                .then()
                .statusCode(201);
        String path = "/fhir/Observation?identifier=urn:x%7C" + identifier + "&patient=" + person;
        String before = own().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .body("entry.size()", equalTo(1))
                .extract()
                .path("entry[0].resource.id");
        Map<String, Integer> fresh = contributes(known, sample(UUID.randomUUID().toString(), 99), 201);
        assertEquals(fresh, contributes(known, sample(identifier, 99), 201), "as if there were nothing");
        contributes(known, sample(identifier, 99), 200);
        own().urlEncodingEnabled(false).get(path).then().body("entry.size()", equalTo(2));
        own().get("/fhir/Observation/" + before)
                .then()
                .statusCode(200)
                .body("meta.versionId", equalTo("1"))
                .body("valueQuantity.value", equalTo(61));
    }

    private static String sample(String identifier, int beats) {
        return Lifelogs.heartRate("x", OffsetDateTime.parse("2026-02-02T07:00:00+09:00"), beats)
                .replace(
                        "\"status\"",
                        "\"identifier\":[{\"system\":\"urn:x\",\"value\":\"" + identifier + "\"}],\"status\"");
    }

    /** What became of it. */
    private static Map<String, Integer> contributes(String known, String sample, int status) {
        Response answer = Http.as(Tokens.aruku("system/Observation.c"), "TREAT")
                .contentType("application/octet-stream")
                .header("If-None-Exist", "identifier=urn:x|anything")
                .body(sample.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}", known);
        assertEquals(status, answer.statusCode());
        return answer.path("stored");
    }
}
