package phr.gateway.ingest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** PostgreSQL says that its disk is full: the sender may come again, nothing is half there, reading goes on. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class FullDiskTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2017-03-01T09:00:00+09:00");

    @Inject
    DataSource database;

    private String token;
    private String person;

    @BeforeEach
    void a_citizen_and_a_disk_with_room() throws SQLException {
        token = Tokens.taro("patient/*.cruds");
        person = Http.as(token, "PATRQT").post("/people").then().extract().path("id");
        sql("CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$"
                + " BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$");
    }

    @AfterEach
    void room() throws SQLException {
        for (String table : new String[] {"document", "sample_chunk", "original"}) {
            sql("DROP TRIGGER IF EXISTS full_disk ON " + table);
        }
    }

    @Test
    void samples_come_again_when_there_is_room() throws SQLException {
        byte[] day = Lifelogs.heartRateNdjson(MORNING, 200);
        refusedAndThenTaken("sample_chunk", () -> uploads(day));
    }

    @Test
    void a_batch_comes_again_when_there_is_room() throws SQLException {
        String bundle = """
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,\
                "request":{"method":"POST","url":"Observation"}}]}""".formatted(Lifelogs.heartRate("disk", MORNING.minusDays(1), 66));
        refusedAndThenTaken("sample_chunk", () -> Http.as(token, "PATRQT")
                .contentType("application/fhir+json")
                .body(bundle.getBytes(StandardCharsets.UTF_8))
                .post("/fhir")
                .then());
    }

    @Test
    void a_checkup_comes_again_when_there_is_room() throws SQLException {
        byte[] checkup = Checkup.of(People.TARO)
                .on(LocalDate.of(2017, 3, 2))
                .item("9N001000000000001", "171.2")
                .xml();
        refusedAndThenTaken("document", () -> uploads(checkup));
    }

    @Test
    void an_original_comes_again_when_there_is_room() throws SQLException {
        byte[] checkup = Checkup.of(People.TARO)
                .on(LocalDate.of(2017, 3, 3))
                .item("9N001000000000001", "171.3")
                .xml();
        refusedAndThenTaken("original", () -> uploads(checkup));
    }

    private interface Call {
        ValidatableResponse send();
    }

    private void refusedAndThenTaken(String table, Call call) throws SQLException {
        String before = inventory();
        sql("CREATE TRIGGER full_disk BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION no_room()");
        call.send()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("transient"));
        assertEquals(before, inventory(), "nothing is half there, and reading goes on");
        room();
        call.send().statusCode(oneOf(200, 201));
    }

    private ValidatableResponse uploads(byte[] file) {
        return Http.as(token, "PATRQT")
                .contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", person)
                .then();
    }

    private String inventory() {
        return Http.as(token, "PATRQT")
                .get("/transfer/{person}/inventory", person)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
