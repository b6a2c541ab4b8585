package phr.gateway.rotation;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.ingest.upload.TusRequests;
import phr.gateway.keys.SealedColumn;

/** After a suspected leak everything of a person goes under a new key, while she uses her record. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class KeyRotationTest {

    /** Bytes that are no payload: hashes, lists of them, and keys that the master key wraps. */
    private static final Set<String> NOT_SEALED = Set.of(
            "audit_delivery.hash",
            "audit_delivery.packed",
            "audit_entry.hash",
            "audit_head.delivery_hash",
            "audit_head.hash",
            "erasure_request.token_sha256",
            "import_receipt.tag_manifest",
            "installation_secret.wrapped",
            "invitation.code_sha256",
            "invitation_use.code_sha256",
            "person_key.wrapped",
            "sample_chunk.ids");

    private static final Set<String> CHAINED =
            Set.of("prev_hash", "row_hash", "sha256", "body_sha256", "policy_text_sha256");

    @Inject
    RotationJob job;

    @Inject
    Renewal renewal;

    @Inject
    DataSource database;

    private String person;

    @BeforeEach
    void somebodyWithSamplesAFileAndAHeldFile() {
        person = Cast.register(her());
        uploads(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-02-01T00:00:00+09:00"), 40));
        uploads(Checkup.of(People.TARO)
                .on(LocalDate.of(2021, 5, 10))
                .item("9N001000000000001", "171.5")
                .xml());
        TusRequests tus = new TusRequests(her(), "PATRQT");
        tus.brings(TusRequests.place(tus.creates(person, 100)), 0, new byte[40]).statusCode(204);
    }

    @AfterEach
    void everyRotationEnds() {
        MovableClock.ahead(Duration.ofMinutes(25));
        job.run();
        MovableClock.back();
    }

    private static String her() {
        return Tokens.citizen("citizen-53", "patient/*.cruds");
    }

    private static RequestSpecification asks() {
        return Http.as(her(), "PATRQT");
    }

    private void uploads(byte[] file) {
        int status = asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", person)
                .statusCode();
        assertTrue(status >= 200 && status < 300, "status " + status);
    }

    private String inventory() {
        return asks().get("/transfer/{person}/inventory", person)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private String held() {
        return asks().get("/ingest/{person}/held", person)
                .then()
                .statusCode(200)
                .body("size()", equalTo(1))
                .extract()
                .asString();
    }

    /** Every encrypted payload of hers. */
    private Set<String> boxes() throws SQLException {
        Set<String> boxes = new HashSet<>();
        try (Connection connection = database.getConnection()) {
            for (SealedColumn column : renewal.columns()) {
                String sql =
                        "SELECT t." + column.column() + " FROM " + column.from() + " WHERE " + column.person() + " = ?";
                try (PreparedStatement select = connection.prepareStatement(sql)) {
                    select.setObject(1, UUID.fromString(person));
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            byte[] box = row.getBytes(1);
                            if (box != null) {
                                boxes.add(HexFormat.of().formatHex(box));
                            }
                        }
                    }
                }
            }
        }
        return boxes;
    }

    @Test
    void everythingGoesUnderANewKeyAndNothingIsSeenOfIt() throws SQLException {
        String inventory = inventory();
        String held = held();
        Set<String> before = boxes();
        assertTrue(before.size() > 6, "samples, series, file, account, Patient, held file: " + before.size());
        String began = rotates()
                .statusCode(202)
                .body("state", equalTo("UNDER_WAY"))
                .extract()
                .path("began");
        rotates().statusCode(202).body("began", equalTo(began));
        job.run();
        state("UNDER_WAY");
        Set<String> still = boxes();
        still.retainAll(before);
        assertTrue(still.size() > 3, "nothing is written anew before all writers are through");
        assertEquals(inventory, inventory());
        everyRotationEnds();
        state("SETTLED");
        Set<String> after = boxes();
        after.retainAll(before);
        assertEquals(Set.of(), after, "nothing is left under the older key");
        assertEquals(inventory, inventory());
        assertEquals(held, held());
        asks().get("/people/me").then().statusCode(200).body("id", equalTo(person));
        uploads(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-02-01T00:00:00+09:00"), 40));
        assertEquals(inventory, inventory(), "names that the database compares have stayed");
    }

    private ValidatableResponse rotates() {
        return asks().post("/people/{person}/key-rotation", person).then();
    }

    private void state(String state) {
        asks().get("/people/me/key-rotation").then().statusCode(200).body("state", equalTo(state));
    }

    @Test
    void onlySheAndAnOperatorRotate() {
        for (String other : Set.of(Tokens.taro("patient/*.cruds"), Tokens.drSato("user/*.rs"))) {
            Http.as(other).post("/people/{person}/key-rotation", person).then().statusCode(404);
            Http.as(other).get("/people/{person}/key-rotation", person).then().statusCode(404);
        }
        Http.anonymous().post("/people/{person}/key-rotation", person).then().statusCode(401);
        Http.as(Tokens.operator())
                .post("/people/{person}/key-rotation", UUID.randomUUID())
                .then()
                .statusCode(404);
        Http.as(Tokens.operator())
                .post("/people/{person}/key-rotation", person)
                .then()
                .statusCode(202);
        asks().get("/audit/{person}", person).then().statusCode(200).body("interaction", hasItem("rotate data key"));
    }

    @Test
    void whateverIsEncryptedIsFoundByTheRotation() throws SQLException {
        Set<String> known = new TreeSet<>(NOT_SEALED);
        renewal.columns().forEach(column -> known.add(column.table() + "." + column.column()));
        Set<String> unknown = new TreeSet<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT c.table_name, c.column_name"
                        + " FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND NOT k.relispartition"
                        + " WHERE c.table_schema = 'public' AND c.data_type = 'bytea'");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (!CHAINED.contains(row.getString(2))) {
                    unknown.add(row.getString(1) + "." + row.getString(2));
                }
            }
        }
        assertFalse(unknown.isEmpty());
        assertTrue(unknown.containsAll(NOT_SEALED), "what is named here exists");
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown, "encrypted, but not written anew when a key is rotated");
    }
}
