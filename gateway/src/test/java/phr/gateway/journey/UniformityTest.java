package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Whatever the cause, a refusal looks the same (consent-semantics.md §14, P-20), and nothing hidden can be found out (P-17, P-19). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class UniformityTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    private static final String BLOOD_PRESSURE = "http://loinc.org|85354-9";

    private String token;
    private String person;
    private String patient;

    @BeforeEach
    void a_citizen_whom_the_clinic_knows() {
        token = Tokens.citizen("citizen-31", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        patient = Cast.introduce(token, person, Clinic.SAKURA);
        Cast.revokeEverything(token);
        own().contentType("application/octet-stream")
                .body(Lifelogs.bloodPressures(
                        UUID.fromString("5b1c5b9e-0000-4000-8000-000000000031"),
                        OffsetDateTime.parse("2026-02-01T07:00:00+09:00"),
                        4))
                .post("/ingest/{person}", person);
    }

    private RequestSpecification own() {
        return Http.as(token, "PATRQT");
    }

    private RequestSpecification clinic() {
        return clinic("TREAT");
    }

    private RequestSpecification clinic(String purposes) {
        return Http.as(Tokens.drSato("user/*.rs"), purposes);
    }

    private String grant(String category, String from, String to) {
        return Cast.grant(token, """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/sakura-clinic"}],
                 "purposes":["TREAT"],"actions":["read"],"countries":["JP"],"selectors":[{"category":["%s"]}],
                 "labels":{"max":"N","sensitivities":[]},"dataPeriod":"ANY",
                 "validity":{"start":"%s","end":"%s"},"grantor":{"capacity":"SELF"}}""".formatted(category, from, to));
    }

    private String grant(String category) {
        return grant(category, TODAY.toString(), TODAY.plusYears(1).toString());
    }

    private String vital(int index) {
        return own().queryParam("patient", person)
                .queryParam("code", BLOOD_PRESSURE)
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .extract()
                .path("entry[" + index + "].resource.id");
    }

    private static String shape(Response response) {
        Set<String> headers = new TreeSet<>();
        response.headers().forEach(header -> headers.add(header.getName().toLowerCase(Locale.ROOT)));
        return response.statusCode() + " " + headers + " " + response.contentType() + " " + response.asString();
    }

    @Test
    @DisplayName("P-20 refused and hidden look the same whatever the cause")
    void every_cause_gives_the_same_bytes() {
        String seen = vital(0);
        Map<String, Supplier<Response>> byId = new LinkedHashMap<>();
        Map<String, Supplier<Response>> byPerson = new LinkedHashMap<>();
        byId.put("never granted", () -> clinic().get("/fhir/Observation/" + seen));
        byPerson.put(
                "never granted", () -> clinic().queryParam("patient", patient).get("/fhir/Observation"));
        String expected404 = shape(clinic().get("/fhir/Observation/" + UUID.randomUUID()));
        String expected403 = shape(byPerson.get("never granted").get());
        assertTrue(expected404.startsWith("404 "));
        assertTrue(expected403.startsWith("403 "));
        assertTrue(expected403.contains("consent-required"));
        assertTrue(expected403.contains("/consents/requests"));
        assertEquals(expected404, shape(byId.get("never granted").get()), "never granted");

        grant(
                "lifelog-vitals",
                TODAY.minusDays(10).toString(),
                TODAY.minusDays(1).toString());
        refused("expired", seen, expected404, expected403);
        String granted = grant("lifelog-vitals");
        clinic().get("/fhir/Observation/" + seen).then().statusCode(200);
        assertEquals(expected404, shape(clinic("HRESCH").get("/fhir/Observation/" + seen)), "other purpose");
        assertEquals(
                expected403,
                shape(clinic("HRESCH").queryParam("patient", patient).get("/fhir/Observation")),
                "other purpose");
        assertEquals(expected404, shape(clinic().get("/fhir/Observation/" + seen + "/_history/99")), "no version");
        assertEquals(expected404, shape(clinic().get("/fhir/Encounter/" + seen)), "another type");
        assertEquals(expected404, shape(clinic().get("/fhir/Binary/" + UUID.randomUUID())), "no file");
        assertEquals(
                expected404,
                shape(Http.as(Tokens.drSuzuki("user/*.rs"), "TREAT").get("/fhir/Observation/" + seen)),
                "an organisation that does not know her");
        Cast.grant(token, """
                {"effect":"DENY","grantees":[{"kind":"ANY"}],"purposes":["TREAT"],"actions":["read"],
                 "selectors":"ALL","emergency":"never","grantor":{"capacity":"SELF"}}""");
        refused("deny", seen, expected404, expected403);
        Cast.revokeEverything(token);
        refused("revoked", seen, expected404, expected403);
        grant("lab");
        assertEquals(expected404, shape(clinic().get("/fhir/Observation/" + seen)), "hidden");
        assertEquals(expected404, shape(clinic().get("/fhir/Observation/" + seen + "/_history")), "hidden");
        assertEquals(expected404, shape(clinic().get("/fhir/Observation/" + seen + "/_history/1")), "hidden");
        clinic().queryParam("patient", patient)
                .queryParam("_summary", "count")
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("total", equalTo(0))
                .body("entry", nullValue());
        assertFalse(granted.isEmpty());
    }

    private void refused(String cause, String id, String expected404, String expected403) {
        for (String path : List.of("", "/_history", "/_history/1")) {
            assertEquals(expected404, shape(clinic().get("/fhir/Observation/" + id + path)), cause);
        }
        assertEquals(expected403, shape(clinic().queryParam("patient", patient).get("/fhir/Observation")), cause);
        assertEquals(expected403, shape(clinic().get("/fhir/Patient/" + patient)), cause);
        assertEquals(expected403, shape(clinic().get("/fhir/Patient/" + patient + "/$everything")), cause);
        assertEquals(
                expected403,
                shape(clinic().queryParam("patient", patient)
                        .queryParam("code", BLOOD_PRESSURE)
                        .queryParam("statistic", "average")
                        .get("/fhir/Observation/$stats")),
                cause);
    }

    @Test
    void what_she_deletes_is_gone_for_who_saw_it_and_unknown_to_the_others() {
        String deleted = vital(1);
        grant("lifelog-vitals");
        clinic().get("/fhir/Observation/" + deleted).then().statusCode(200);
        clinic().delete("/fhir/Observation/" + deleted).then().statusCode(403);
        Http.as(Tokens.drSato("user/*.cruds"), "TREAT")
                .delete("/fhir/Observation/" + deleted)
                .then()
                .statusCode(404);
        own().delete("/fhir/Observation/" + deleted).then().statusCode(204);
        own().delete("/fhir/Observation/" + deleted).then().statusCode(204);
        own().delete("/fhir/Observation/" + UUID.randomUUID()).then().statusCode(404);
        own().get("/fhir/Observation/" + deleted).then().statusCode(410);
        clinic().get("/fhir/Observation/" + deleted).then().statusCode(410);
        own().get("/fhir/Observation/" + deleted + "/_history")
                .then()
                .statusCode(200)
                .body("type", equalTo("history"))
                .body("entry.size()", equalTo(2))
                .body("entry[0].request.method", equalTo("DELETE"))
                .body("entry[0].resource", nullValue())
                .body("entry[1].resource.id", equalTo(deleted));
        clinic().get("/fhir/Observation/" + deleted + "/_history/1")
                .then()
                .statusCode(200)
                .body("subject.reference", equalTo("Patient/" + patient));
        clinic().get("/fhir/Observation/" + deleted + "/_history/2").then().statusCode(410);
        Cast.revokeEverything(token);
        clinic().get("/fhir/Observation/" + deleted).then().statusCode(404);
        grant("lab");
        clinic().get("/fhir/Observation/" + deleted).then().statusCode(404);
    }

    @Test
    @DisplayName("P-30 one constant sentence, whether or not something is hidden")
    void every_recipient_view_says_that_it_may_be_incomplete_and_her_own_does_not() {
        String seen = vital(0);
        grant("lifelog-vitals");
        String sentence = clinic().queryParam("patient", patient)
                .get("/fhir/Observation")
                .then()
                .extract()
                .path("meta.tag[0].display");
        assertTrue(sentence.contains("may be incomplete"));
        for (String path : List.of(
                "/fhir/Observation?patient=" + patient + "&date=1900",
                "/fhir/Patient/" + patient + "/$everything",
                "/fhir/Observation/" + seen + "/_history")) {
            clinic().get(path).then().statusCode(200).body("meta.tag[0].display", equalTo(sentence));
        }
        clinic().get("/fhir/Observation/" + seen).then().header("PHR-Notice", equalTo("may-be-incomplete"));
        own().get("/fhir/Observation/" + seen).then().header("PHR-Notice", nullValue());
        own().queryParam("patient", person).get("/fhir/Observation").then().body("meta", nullValue());
    }

    @Test
    @DisplayName("P-16, P-17 includes and totals come from what is permitted")
    void includes_and_totals_come_from_what_is_permitted() {
        grant("lifelog-vitals");
        clinic().queryParam("patient", patient)
                .queryParam("_total", "accurate")
                .queryParam("_count", 1)
                .queryParam("_sort", "date")
                .queryParam("_include", "Observation:subject")
                .queryParam("_revinclude", "Provenance:target")
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .body("entry.findAll { it.search.mode == 'match' }.size()", equalTo(1))
                .body("entry.find { it.resource.resourceType == 'Patient' }.search.mode", equalTo("include"))
                .body("entry.find { it.resource.resourceType == 'Patient' }.resource.id", equalTo(patient))
                .body("entry.find { it.resource.resourceType == 'Patient' }.resource.name", nullValue());
        int permitted = clinic().queryParam("patient", patient)
                .queryParam("_summary", "count")
                .get("/fhir/Observation")
                .then()
                .body("entry", nullValue())
                .extract()
                .path("total");
        int found = clinic().queryParam("patient", patient)
                .queryParam("_count", 1000)
                .get("/fhir/Observation")
                .then()
                .extract()
                .path("entry.size()");
        assertEquals(found, permitted);
    }

    @Test
    @DisplayName("P-20 timing")
    void the_time_of_an_answer_does_not_tell_a_hidden_id_from_an_unknown_one() {
        String hidden = vital(0);
        grant("lab");
        for (int round = 0; round < 30; round++) {
            clinic().get("/fhir/Observation/" + hidden);
            clinic().get("/fhir/Observation/" + UUID.randomUUID());
        }
        long[] ofHidden = new long[60];
        long[] ofUnknown = new long[60];
        for (int round = 0; round < ofHidden.length; round++) {
            ofHidden[round] = nanos("/fhir/Observation/" + hidden);
            ofUnknown[round] = nanos("/fhir/Observation/" + UUID.randomUUID());
        }
        double ratio = (double) median(ofHidden) / median(ofUnknown);
        assertTrue(ratio > 0.4 && ratio < 2.5, "ratio " + ratio);
    }

    private long nanos(String path) {
        long start = System.nanoTime();
        clinic().get(path).then().statusCode(404);
        return System.nanoTime() - start;
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
