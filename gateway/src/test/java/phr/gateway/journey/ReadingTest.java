package phr.gateway.journey;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.Fhir;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.gateway.Http;
import phr.gateway.Stack;

/** FHIR reads and searches of the person herself. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ReadingTest {

    private static final String HEART_RATE = "http://loinc.org|8867-4";
    private static final byte[] CHECKUP = Checkup.of(People.HANAKO)
            .on(LocalDate.of(2023, 7, 3))
            .facility("1310000068", "こだま健診所")
            .item("9N001000000000001", "158.2")
            .xml();

    private Citizen hanako;

    @BeforeEach
    void has_a_record() {
        hanako = Citizen.hanako();
        hanako.uploads(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2021-05-01T08:00:00+09:00"), 23));
        hanako.uploads(CHECKUP);
    }

    @Test
    void the_capability_statement_is_open_and_stays_the_same() {
        String tag = Http.anonymous()
                .get("/fhir/metadata")
                .then()
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("CapabilityStatement"))
                .extract()
                .header("ETag");
        Http.anonymous()
                .header("If-None-Match", tag)
                .get("/fhir/metadata")
                .then()
                .statusCode(304);
    }

    @Test
    void all_pages_together_are_the_whole_set_without_doubles() {
        List<String> all = ids(hanako.searches("Observation", Map.of("code", HEART_RATE, "_count", 1000))
                .statusCode(200)
                .extract()
                .jsonPath());
        assertTrue(all.size() >= 23);
        List<String> paged = new ArrayList<>();
        JsonPath page = hanako.searches("Observation", Map.of("code", HEART_RATE, "_count", 5))
                .statusCode(200)
                .extract()
                .jsonPath();
        paged.addAll(ids(page));
        String next = next(page);
        while (next != null) {
            page = hanako.asks()
                    .urlEncodingEnabled(false)
                    .get(next.replace(Stack.BASE, "/fhir"))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertTrue(ids(page).size() <= 5);
            paged.addAll(ids(page));
            next = next(page);
        }
        assertEquals(all, paged);
        assertEquals(paged.size(), new HashSet<>(paged).size());
    }

    @Test
    void a_cursor_serves_its_own_search_only() {
        String next = next(hanako.searches("Observation", Map.of("code", HEART_RATE, "_count", 5))
                .extract()
                .jsonPath());
        String cursor = URI.create(String.valueOf(next)).getQuery().replaceAll(".*_cursor=([^&]*).*", "$1");
        hanako.searches("Observation", Map.of("_count", 5, "_cursor", cursor)).statusCode(400);
        hanako.searches("Observation", Map.of("code", HEART_RATE, "_count", 5, "_cursor", "x" + cursor))
                .statusCode(400);
    }

    @Test
    void answers_are_valid_bundles_and_reads_are_the_same_bytes() {
        String text = hanako.searches("Observation", Map.of("code", HEART_RATE, "_count", 3))
                .statusCode(200)
                .contentType("application/fhir+json")
                .extract()
                .asString();
        Bundle bundle = Fhir.json().parseResource(Bundle.class, text);
        assertEquals(3, bundle.getEntry().size());
        String id = bundle.getEntryFirstRep().getResource().getIdElement().getIdPart();
        String etag = hanako.reads("Observation/" + id)
                .statusCode(200)
                .header("ETag", matchesPattern("W/\"\\d+\""))
                .header("Last-Modified", notNullValue())
                .body("id", equalTo(id))
                .body("subject.reference", equalTo("Patient/" + hanako.id()))
                .extract()
                .header("ETag");
        hanako.asks()
                .header("If-None-Match", etag)
                .get("/fhir/Observation/{id}", id)
                .then()
                .statusCode(304)
                .header("ETag", equalTo(etag));
    }

    @Test
    void dates_and_codes_narrow_a_search() {
        hanako.searches("Observation", Map.of("code", HEART_RATE, "date", List.of("ge2021-05-01", "lt2021-05-02")))
                .statusCode(200)
                .body("entry.size()", equalTo(23));
        hanako.searches("Observation", Map.of("code", HEART_RATE, "date", "2021-05-01T08:05:00+09:00"))
                .statusCode(200)
                .body("entry.size()", equalTo(1));
        hanako.searches("Observation", Map.of("code", HEART_RATE, "date", "lt2000"))
                .statusCode(200)
                .body("entry", nullValue())
                .body("link.relation", equalTo(List.of("self")));
        hanako.searches("Observation", Map.of("category", "vital-signs", "date", "2021-05-01", "_count", 1000))
                .statusCode(200)
                .body("entry.resource.resourceType", everyItem(equalTo("Observation")));
    }

    @ParameterizedTest
    @CsvSource({
        "Observation?subject=x, http.subject",
        "Observation, http.patient",
        "Observation?patient={id}&_sort=code, http._sort",
        "Observation?patient={id}&code:text=x, http.code:text",
        "Observation?patient={id}&_count=0, http._count",
        "DocumentReference?patient={id}&code=x, http.code",
        "DocumentReference?patient={id}&date=ap2020, http.date",
        "Patient/{id}/$everything?start=2020, http.start",
        "Patient/{id}?_elements=name, http._elements"
    })
    void what_is_not_understood_is_refused_and_located(String path, String where) {
        hanako.asks()
                .urlEncodingEnabled(false)
                .get("/fhir/" + path.replace("{id}", hanako.id()))
                .then()
                .statusCode(400)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].expression[0]", equalTo(where));
    }

    @Test
    void the_original_comes_back_byte_for_byte() {
        String binary = hanako.searches("DocumentReference", Map.of("date", "2023-07-03"))
                .statusCode(200)
                .extract()
                .path("entry[0].resource.content[0].attachment.url");
        byte[] bytes = hanako.asks()
                .accept("*/*")
                .get("/fhir/" + binary)
                .then()
                .statusCode(200)
                .contentType(containsString("text/xml"))
                .header("Content-Disposition", "attachment")
                .extract()
                .asByteArray();
        assertArrayEquals(CHECKUP, bytes);
        String data = hanako.asks()
                .accept("application/fhir+json")
                .get("/fhir/" + binary)
                .then()
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("Binary"))
                .body("contentType", equalTo("text/xml"))
                .extract()
                .path("data");
        assertArrayEquals(CHECKUP, Base64.getDecoder().decode(data));
    }

    @Test
    void questions_about_the_head_alone_leave_nothing_open() {
        for (int i = 0; i < 40; i++) {
            hanako.asks()
                    .queryParam("patient", hanako.id())
                    .head("/fhir/Observation")
                    .then()
                    .statusCode(200);
        }
        hanako.searches("Observation", Map.of("_count", 1)).statusCode(200);
    }

    @Test
    void everything_is_one_stream_or_pages_of_the_same() {
        List<String> all = ids(hanako.reads("Patient/" + hanako.id() + "/$everything")
                .statusCode(200)
                .extract()
                .jsonPath());
        assertTrue(all.contains(hanako.id()), "the Patient is part of everything");
        JsonPath first = hanako.asks()
                .queryParam("_count", 10)
                .get("/fhir/Patient/{id}/$everything", hanako.id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(all.subList(0, 10), ids(first));
        hanako.asks()
                .queryParam("_type", "Patient,Encounter")
                .get("/fhir/Patient/{id}/$everything", hanako.id())
                .then()
                .statusCode(200)
                .body("entry.resource.resourceType.unique().sort()", equalTo(List.of("Encounter", "Patient")));
    }

    @Test
    void what_does_not_exist_is_not_found() {
        hanako.reads("Observation/" + UUID.randomUUID()).statusCode(404).body("issue[0].code", equalTo("not-found"));
        hanako.reads("Observation/not-an-id").statusCode(404);
        hanako.reads("Binary/" + UUID.randomUUID()).statusCode(404);
        hanako.reads("Patient/" + UUID.randomUUID()).statusCode(404);
        hanako.reads("Patient/" + Citizen.taro().id()).statusCode(404);
    }

    @Test
    void no_purpose_no_answer() {
        Http.as(phr.gateway.Tokens.hanako("patient/*.cruds"))
                .get("/fhir/Patient/{id}", hanako.id())
                .then()
                .statusCode(400)
                .body("issue[0].details.coding[0].code", equalTo("INCOMPLETE"));
    }

    private static List<String> ids(JsonPath bundle) {
        List<String> ids = bundle.getList("entry.resource.id");
        return ids == null ? List.of() : ids;
    }

    private static @org.jspecify.annotations.Nullable String next(JsonPath bundle) {
        return bundle.getString("link.find { it.relation == 'next' }?.url");
    }
}
