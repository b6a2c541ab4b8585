package phr.gateway.withdrawals;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** A deletion request opens a task; the person decides, and nothing goes by itself (CDA-R9, T-11). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class WithdrawalTest {

    private static final String SHE = "citizen-52";
    private static final Person CARD = People.HANAKO.withKanji("試験 市民52").withKana("シケン シミン");
    private static final LocalDate DAY = LocalDate.of(2025, 6, 2);

    /** Another facility each time, so that tests do not meet. */
    private final String facility = "13" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);

    private String person = "";
    private List<String> left = List.of();

    @BeforeEach
    void she_is_registered() {
        Cast.organisations();
        person = Cast.register(Tokens.citizen(SHE));
        left = heights();
    }

    @ParameterizedTest
    @CsvSource({"10, 19", "41, 49", "60, 69", "70, 79", "80, 89"})
    void the_request_takes_nothing_and_what_she_withdraws_is_deleted(String result, String deletion) {
        uploads(report(result, CARD, DAY)).statusCode(201);
        int before = results();
        uploads(report(deletion, CARD, DAY)).statusCode(200);
        assertEquals(before, results(), "the request changed the results");
        String id = task(deletion)
                .body(mine(deletion) + ".state", contains("OPEN"))
                .body(mine(deletion) + ".reports.flatten()", hasSize(1))
                .extract()
                .path(mine(deletion) + "[0].id");
        acts(id, "$withdraw").statusCode(200).body("state", equalTo("WITHDRAWN"));
        assertEquals(0, results(), "results are left");
        acts(id, "$withdraw").statusCode(200);
        acts(id, "$keep").statusCode(409);
        uploads(report(result, CARD, DAY));
        assertEquals(0, results(), "the same file brings them back");
    }

    @Test
    void what_she_keeps_stays() {
        uploads(report("10", CARD, DAY)).statusCode(201);
        uploads(report("19", CARD, DAY)).statusCode(200);
        String id = task("19").extract().path(mine("19") + "[0].id");
        acts(id, "$keep").statusCode(200).body("state", equalTo("KEPT"));
        acts(id, "$keep").statusCode(200);
        acts(id, "$withdraw").statusCode(409);
        assertEquals(1, results());
    }

    @Test
    void a_request_about_another_day_card_facility_or_family_is_about_nothing_of_hers() {
        uploads(report("10", CARD, DAY)).statusCode(201);
        String stranger = "13" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
        uploads(report("19", CARD, DAY.plusDays(1))).statusCode(200);
        uploads(report("19", CARD.withCard("９９", "９９", "01"), DAY)).statusCode(200);
        uploads(report("49", CARD, DAY)).statusCode(200);
        uploads(report("19", CARD, DAY).facility(stranger, "ひばり健診所")).statusCode(200);
        she().get("/ingest/{person}/withdrawals", person).then().statusCode(200).body("size()", greaterThan(3));
        for (String code : List.of("19", "49")) {
            List<String> open = she().get("/ingest/{person}/withdrawals", person)
                    .path("findAll { it.state == 'OPEN' && it.category == '" + code
                            + "' && it.reports.size() == 0 }.id");
            open.forEach(id -> acts(id, "$withdraw").statusCode(409));
        }
        assertEquals(1, results());
    }

    @Test
    void nobody_else_sees_or_answers_them() {
        uploads(report("19", CARD, DAY)).statusCode(200);
        String id = she().get("/ingest/{person}/withdrawals", person).path("[0].id");
        Cast.register(Tokens.citizen("citizen-36"));
        Http.as(Tokens.citizen("citizen-36", "patient/*.cruds"), "PATRQT")
                .get("/ingest/{person}/withdrawals", person)
                .then()
                .statusCode(404);
        Http.as(Tokens.citizen("citizen-36", "patient/*.cruds"), "PATRQT")
                .post("/ingest/{person}/withdrawals/{id}/$withdraw", person, id)
                .then()
                .statusCode(404);
        String known = Cast.introduce(Tokens.citizen(SHE), person, "sakura-clinic");
        Http.as(Tokens.drSato("user/*.cruds"), "TREAT")
                .get("/ingest/{person}/withdrawals", known)
                .then()
                .statusCode(403);
        acts(UUID.randomUUID().toString(), "$keep").statusCode(404);
        acts("nothing", "$keep").statusCode(404);
    }

    private Checkup report(String category, Person card, LocalDate day) {
        return Checkup.of(card)
                .facility(facility, "ひばり健診所")
                .on(day)
                .category(category)
                .item("9N001000000000001", "158.6");
    }

    /** How many heights there are that no earlier test has left. */
    private int results() {
        return (int) heights().stream().filter(id -> !left.contains(id)).count();
    }

    private List<String> heights() {
        List<String> ids = she().queryParam("patient", person)
                .queryParam("code", "urn:oid:1.2.392.200119.6.1005|9N001000000000001")
                .queryParam("_count", 500)
                .get("/fhir/Observation")
                .then()
                .statusCode(200)
                .extract()
                .path("entry.resource.id");
        return ids == null ? List.of() : ids;
    }

    /** Of this test: those of earlier ones are answered or match nothing. */
    private static String mine(String code) {
        return "findAll { it.category == '" + code + "' && it.reports.size() == 1 && it.state == 'OPEN' }";
    }

    private ValidatableResponse task(String code) {
        return she().get("/ingest/{person}/withdrawals", person).then().statusCode(200);
    }

    private ValidatableResponse acts(String id, String what) {
        return she().post("/ingest/{person}/withdrawals/{id}/" + what, person, id)
                .then();
    }

    private ValidatableResponse uploads(Checkup checkup) {
        return she().contentType("application/octet-stream")
                .body(checkup.xml())
                .post("/ingest/{person}", person)
                .then();
    }

    private static RequestSpecification she() {
        return Http.as(Tokens.citizen(SHE, "patient/*.cruds"), "PATRQT");
    }
}
