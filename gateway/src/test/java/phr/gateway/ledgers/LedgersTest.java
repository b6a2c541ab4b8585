package phr.gateway.ledgers;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.People;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class LedgersTest {

    private static final String EVIL = "=さくら<script>alert(1)</script>,\\\"クリニック\\\"";

    private String person = "";
    private String patient = "";

    @BeforeEach
    void she_has_a_clinic_with_a_hostile_name() {
        Cast.organisations();
        rename(EVIL);
        person = Cast.register(her());
        patient = Cast.introduce(her(), person, "sakura-clinic");
        Cast.revokeEverything(her());
    }

    @AfterEach
    void the_clinic_gets_its_name_back() {
        Cast.organisations();
    }

    @Test
    void nothing_at_all_is_said_explicitly_and_the_demand_is_logged() {
        String other = Cast.register(Tokens.citizen("citizen-22"));
        String token = Tokens.citizen("citizen-22");
        Http.as(token)
                .get("/ledgers/" + other + "/provisions")
                .then()
                .statusCode(200)
                .body("noData", equalTo(true))
                .body("records", hasSize(0))
                .body("statement.ja", containsString("ありません"));
        Http.as(token)
                .get("/audit/" + other + "?_count=1")
                .then()
                .body("[0].interaction", equalTo("provisions: no data"));
        Http.as(token)
                .accept("text/html")
                .header("Accept-Language", "en-GB,en;q=0.9")
                .get("/ledgers/" + other + "/receipts")
                .then()
                .statusCode(200)
                .header("Content-Language", "en")
                .body(containsString("There is no record of receipt"));
    }

    @Test
    void permitted_empty_and_refused_accesses_are_one_record_each() {
        read("/fhir/Patient/" + patient, 403);
        String directive = Cast.grant(her(), Cast.SAKURA_MAY_READ);
        read("/fhir/Patient/" + patient, 200);
        read("/fhir/Observation?patient=" + patient + "&code=none", 200);
        Http.as(her())
                .get("/ledgers/" + person + "/provisions")
                .then()
                .statusCode(200)
                .body("law", equalTo("APPI 29"))
                .body("person.id", equalTo(person))
                .body("records.outcome", hasItems("REFUSED", "PROVIDED", "EMPTY"))
                .body("records[-2].outcome", equalTo("PROVIDED"))
                .body("records[-2].recipients[0].id", equalTo("sakura-clinic"))
                .body("records[-2].recipients[0].address", equalTo("東京都架空区4-5-6"))
                .body("records[-2].recipients[0].representative", equalTo("代表 さくら"))
                .body("records[-2].items.resources", equalTo(1))
                .body("records[-2].items.types.Patient", equalTo(1))
                .body("records[-2].items.resourceDigests", hasSize(1))
                .body("records[-2].directives", hasItem(directive + "@1"))
                .body("records[-2].purposes", hasItem("TREAT"))
                .body("records[-2].app", equalTo("sakura-viewer"))
                .body("records[-2].user", equalTo("佐藤 健一"))
                .body("records[-1].outcome", equalTo("EMPTY"));
    }

    @Test
    void the_file_for_spreadsheets_is_safe_and_well_formed() {
        Cast.grant(her(), Cast.SAKURA_MAY_READ);
        read("/fhir/Patient/" + patient, 200);
        byte[] bytes = Http.as(her())
                .accept("text/csv")
                .header("Accept-Language", "ja")
                .get("/ledgers/" + person + "/provisions")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("provisions.csv"))
                .extract()
                .asByteArray();
        String csv = new String(bytes, StandardCharsets.UTF_8);
        assertEquals('\uFEFF', csv.charAt(0));
        assertTrue(csv.contains("\"'=さくら<script>alert(1)</script>,\"\"クリニック\"\"\""));
        assertTrue(csv.endsWith("\r\n"));
        assertTrue(csv.startsWith("\uFEFF記録番号,日時(日本時間),提供先,提供先の住所,提供先の代表者,本人,"));
    }

    @Test
    void the_page_escapes_and_forbids_scripts() {
        Cast.grant(her(), Cast.SAKURA_MAY_READ);
        read("/fhir/Patient/" + patient, 200);
        String page = Http.as(her())
                .accept("text/html")
                .get("/ledgers/" + person + "/provisions")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .extract()
                .asString();
        assertTrue(page.contains("第三者提供の記録"));
        assertTrue(page.contains("&lt;script&gt;"));
        assertFalse(page.contains("<script"));
    }

    @Test
    void what_she_takes_herself_names_herself_in_every_form() {
        Http.as(Tokens.citizen("citizen-21", "patient/*.cruds"), "PATRQT")
                .post("/transfer/" + person + "/export")
                .then()
                .statusCode(200);
        for (String form : List.of("text/html", "text/csv")) {
            Http.as(her())
                    .accept(form)
                    .header("Accept-Language", "ja")
                    .get("/ledgers/" + person + "/provisions")
                    .then()
                    .statusCode(200)
                    .body(containsString("本人 (SELF)"));
        }
    }

    @Test
    void what_came_in_stands_in_the_other_ledger() {
        byte[] file = Checkup.of(People.HANAKO).facility("1310000077", "ひばり健診所").xml();
        int status = Http.as(Tokens.citizen("citizen-21", "patient/*.cruds"), "PATRQT")
                .contentType("application/octet-stream")
                .body(file)
                .post("/ingest/" + person)
                .statusCode();
        assertTrue(List.of(200, 201, 202).contains(status));
        Http.as(her())
                .get("/ledgers/" + person + "/receipts")
                .then()
                .statusCode(200)
                .body("law", equalTo("APPI 30"))
                .body("records[-1].source.provider", equalTo("self"))
                .body("records[-1].source.how", equalTo("DIRECT_FROM_PERSON"))
                .body(
                        "records[-1].source.sha256",
                        equalTo(phr.fhir.Sha256.of(file).hex()))
                .body("records[-1].source.size", equalTo(file.length));
    }

    @Test
    void a_period_filters_by_days_in_japan() {
        read("/fhir/Patient/" + patient, 403);
        for (String none : List.of("?to=2001-01-01", "?from=2999-01-01")) {
            Http.as(her())
                    .get("/ledgers/" + person + "/provisions" + none)
                    .then()
                    .body("noData", equalTo(true));
        }
        for (String bad :
                List.of("?from=yesterday", "?from=2026-02-30", "?surprise=1", "?from=2026-02-02&to=2026-02-01")) {
            Http.as(her())
                    .get("/ledgers/" + person + "/provisions" + bad)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void nobody_else_gets_them() {
        Cast.register(Tokens.citizen("citizen-22"));
        for (String token : List.of(Tokens.citizen("citizen-22"), Tokens.drSato("user/*.rs"), Tokens.operator())) {
            Http.as(token).get("/ledgers/" + person + "/provisions").then().statusCode(404);
            Http.as(token).get("/ledgers/" + patient + "/receipts").then().statusCode(404);
        }
    }

    @Test
    void the_log_itself_stays_whole_and_says_what_left() {
        Cast.grant(her(), Cast.SAKURA_MAY_READ);
        read("/fhir/Observation?patient=" + patient, 200);
        Http.as(her())
                .get("/audit/verify")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("consents", equalTo(true))
                .body("head.person", equalTo(person))
                .body("signature", containsString(".."));
        Http.as(Tokens.operator())
                .get("/audit/verify")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("chains.person", hasItem(person))
                .body("chains.valid", not(hasItem(false)));
    }

    private void read(String path, int status) {
        Http.as(Tokens.drSato("user/*.rs"), "TREAT").get(path).then().statusCode(status);
    }

    private static String her() {
        return Tokens.citizen("citizen-21");
    }

    private static void rename(String name) {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body("""
                        {"name":"%s","classes":["medical-institution"],"country":"JP",
                         "address":"東京都架空区4-5-6","representative":"代表 さくら",
                         "clients":[{"id":"sakura-viewer","processor":true}]}""".formatted(name))
                .put("/organisations/sakura-clinic")
                .then()
                .statusCode(200);
    }
}
