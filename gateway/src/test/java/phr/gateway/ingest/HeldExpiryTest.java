package phr.gateway.ingest;

import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** A held file waits thirty days and then is gone, also when nobody looks. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class HeldExpiryTest {

    @Inject
    DataSource database;

    @Inject
    HeldExpiry expiry;

    @Test
    void a_held_file_is_encrypted_and_goes_by_itself_when_its_time_is_over() throws SQLException {
        String token = Tokens.hanako("patient/*.cruds");
        String person = Cast.register(token);
        byte[] file = Checkup.of(People.HANAKO)
                .on(LocalDate.of(2020, 2, 3))
                .item("9N001000000000001", "158.0")
                .with(Fault.OTHER_SEX)
                .xml();
        String held = Http.as(token, "PATRQT")
                .body(file)
                .contentType("text/xml")
                .post("/ingest/{person}", person)
                .then()
                .statusCode(202)
                .extract()
                .path("held.id");
        assertEquals(
                0,
                count(
                        "SELECT count(*) FROM held_upload_piece WHERE held = ?"
                                + " AND position('ClinicalDocument'::bytea IN body) > 0",
                        held));
        assertEquals(
                1,
                count(
                        "SELECT count(*) FROM held_upload WHERE id = ?"
                                + " AND expires > now() + interval '29 days' AND expires < now() + interval '31 days'",
                        held));
        expiry.discard();
        waiting(token, person).body("$", hasSize(greaterThan(0)));
        update("UPDATE held_upload SET expires = now() - interval '1 second' WHERE id = ?", held);
        waiting(token, person).body("findAll { it.id == '" + held + "' }", hasSize(0));
        expiry.discard();
        assertEquals(0, count("SELECT count(*) FROM held_upload WHERE id = ?", held));
        assertEquals(0, count("SELECT count(*) FROM held_upload_piece WHERE held = ?", held));
    }

    private static io.restassured.response.ValidatableResponse waiting(String token, String person) {
        return Http.as(token, "PATRQT")
                .get("/ingest/{person}/held", person)
                .then()
                .statusCode(200);
    }

    private int count(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, UUID.fromString(id));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private void update(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, UUID.fromString(id));
            update.executeUpdate();
        }
    }
}
