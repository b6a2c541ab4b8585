package phr.gateway.validation;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Fhir;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class ValidateTest {

    private static final String SECRET = "見本花子4711";
    private static final String LIFELOG = Fhir.CANONICAL + "/StructureDefinition/phr-lifelog-observation";
    private static final String GOOD = """
            {"resourceType":"Observation","status":"final",
             "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
             "subject":{"reference":"Patient/1"},"effectiveDateTime":"2026-03-01T07:10:00+09:00",
             "valueQuantity":{"value":61,"unit":"beats/min","system":"http://unitsofmeasure.org","code":"/min"}}
            """;

    @Inject
    DataSource database;

    @ParameterizedTest
    @ValueSource(strings = {"/fhir/$validate", "/fhir/Observation/$validate"})
    void a_good_resource_has_no_error(String address) {
        validate(address, GOOD)
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.severity", everyItem(not("error")));
    }

    @Test
    void a_fault_is_named_by_rule_and_place_and_no_value_comes_back() {
        String broken = GOOD.replace("\"final\"", "\"" + SECRET + "\"")
                .replace("\"2026-03-01T07:10:00+09:00\"", "\"" + SECRET + "\"");
        String answer = validate("/fhir/Observation/$validate", broken)
                .statusCode(200)
                .body("issue.severity", hasItem("error"))
                .body("issue.expression.flatten()", hasItem(containsString("Observation.status")))
                .body("issue.details.coding.flatten().system", everyItem(is(Fhir.CANONICAL + "/CodeSystem/rule")))
                .extract()
                .asString();

        assertTrue(!answer.contains(SECRET) && !answer.contains("4711"), "a value came back");
    }

    @Test
    void a_profile_is_asked_for_by_query_or_by_parameters() {
        String bare = GOOD.replaceAll("(?s)\"category\".*?]}],", "");
        validate("/fhir/Observation/$validate?profile=" + LIFELOG, bare)
                .statusCode(200)
                .body(
                        "issue.findAll { it.severity == 'error' }.details.text",
                        hasItem(containsString("Observation.category")));
        String parameters =
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"mode\",\"valueCode\":\"create\"},"
                        + "{\"name\":\"profile\",\"valueUri\":\"" + LIFELOG + "\"},{\"name\":\"resource\",\"resource\":"
                        + bare
                        + "}]}";
        validate("/fhir/$validate", parameters)
                .statusCode(200)
                .body(
                        "issue.findAll { it.severity == 'error' }.details.text",
                        hasItem(containsString("Observation.category")));
        validate("/fhir/$validate?profile=https://nobody.example/StructureDefinition/x", GOOD)
                .statusCode(400)
                .body("issue[0].expression", hasItem("profile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consent", "Subscription", "Patient", "MedicationDispense"})
    void any_type_has_the_operation(String type) {
        validate("/fhir/" + type + "/$validate", "{\"resourceType\":\"" + type + "\"}")
                .statusCode(200)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/fhir/Observation/$validate|{\"resourceType\":\"Patient\"}|400",
                "/fhir/$validate|{\"resourceType\":\"Observation\",|400",
                "/fhir/$validate|{\"resourceType\":\"Parameters\"}|400",
                "/fhir/$validate|[]|400",
                "/fhir/$validate|{\"resourceType\":\"Observation\",\"resourceType\":\"Patient\"}|400",
                "/fhir/$validate?mode=delete|{\"resourceType\":\"Patient\"}|400",
                "/fhir/$validate?nonsense=1|{\"resourceType\":\"Patient\"}|400",
            })
    void what_cannot_be_validated_is_refused(String address, String body, int status) {
        validate(address, body).statusCode(status).body("issue[0].severity", equalTo("error"));
    }

    @Test
    void an_unknown_type_is_a_finding_or_a_refusal_but_no_fault() {
        int status = validate("/fhir/$validate", "{\"resourceType\":\"Nonsense\"}")
                .extract()
                .statusCode();
        assertTrue(status == 200 || status == 400, () -> "status " + status);
    }

    @Test
    void depth_and_size_are_bounded() {
        validate("/fhir/$validate", "[".repeat(10_000)).statusCode(400);
        String large = "{\"resourceType\":\"Patient\",\"id\":\"" + "a".repeat(1 << 20) + "\"}";
        validate("/fhir/$validate", large).statusCode(413);
    }

    @Test
    void nobody_unknown_validates() {
        request(Http.anonymous(), "/fhir/$validate", GOOD).statusCode(401);
    }

    @Test
    void nothing_is_stored() throws SQLException {
        Map<String, Long> before = rows();
        validate("/fhir/Observation/$validate", GOOD).statusCode(200);
        assertEquals(before, rows());
    }

    @Test
    void the_capability_statement_lists_it() {
        Http.anonymous()
                .get("/fhir/metadata")
                .then()
                .body("rest[0].operation.name", hasItem("validate"))
                .body("rest[0].resource.find { it.type == 'Observation' }.operation.name", hasItem("validate"))
                .body("rest[0].resource.find { it.type == 'Observation' }.supportedProfile", hasItem(LIFELOG))
                .body("instantiates", hasItem(Fhir.CANONICAL + "/CapabilityStatement/phr-gateway"));
    }

    private Map<String, Long> rows() throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : new String[] {"document", "original", "sample_chunk"}) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
                count.next();
                rows.put(table, count.getLong(1));
            }
        }
        return rows;
    }

    private static ValidatableResponse validate(String address, String body) {
        return request(Http.as(Tokens.citizen("citizen-69")), address, body);
    }

    private static ValidatableResponse request(RequestSpecification caller, String address, String body) {
        return caller.contentType("application/fhir+json")
                .urlEncodingEnabled(false)
                .body(body)
                .post(address)
                .then();
    }
}
