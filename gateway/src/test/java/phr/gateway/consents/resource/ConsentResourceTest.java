package phr.gateway.consents.resource;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** Consents of a person as FHIR resources. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ConsentResourceTest {

    private static final String DENY =
            "'provision':{'type':'deny','securityLabel':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode',"
                    + "'code':'HIV'}]}";

    private String id = "";

    @BeforeEach
    void she_is_registered() {
        id = hers().post("/people").then().extract().path("id");
    }

    @Test
    void what_she_writes_is_found_read_and_kept_in_versions() {
        ValidatableResponse created = create(DENY).statusCode(201).header("Location", containsString("/fhir/Consent/"));
        String consent = created.extract().path("id");
        hers().get("/fhir/Consent/{id}", consent)
                .then()
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("status", equalTo("active"))
                .body("patient.reference", equalTo("Patient/" + id))
                .body("provision.type", equalTo("deny"))
                .body("provision.securityLabel.code", hasItem("HIV"));
        hers().get("/fhir/Consent/{id}/_history/1", consent).then().statusCode(200);
        hers().get("/fhir/Consent/{id}/_history/2", consent).then().statusCode(404);
        hers().post("/consents/{id}/$revoke", consent).then().statusCode(200);
        hers().get("/fhir/Consent/{id}/_history", consent)
                .then()
                .statusCode(200)
                .body("type", equalTo("history"))
                .body("entry[0].resource.status", equalTo("inactive"));
        hers().queryParam("patient", id)
                .queryParam("status", "inactive")
                .get("/fhir/Consent")
                .then()
                .statusCode(200)
                .body("total", greaterThan(0))
                .body("entry.resource.id", hasItem(consent));
    }

    @Test
    void the_lint_refuses_with_places() {
        create("'provision':{'type':'permit'}")
                .statusCode(422)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.expression.flatten()", hasItem("Consent.provision.actor"));
        create("'provision':{'type':'deny'},'color':1").statusCode(400);
    }

    @Test
    void unknown_parameters_are_refused() {
        hers().queryParam("color", "red").get("/fhir/Consent").then().statusCode(400);
        hers().queryParam("status", "red").get("/fhir/Consent").then().statusCode(400);
        hers().queryParam("_count", "0").get("/fhir/Consent").then().statusCode(200);
    }

    @Test
    @DisplayName("P-30 consents are hers alone")
    void they_are_hers_alone() {
        String consent = create(DENY).statusCode(201).extract().path("id");
        RequestSpecification other = Http.as(Tokens.citizen("citizen-38"), "PATRQT");
        other.post("/people");
        other.get("/fhir/Consent/{id}", consent).then().statusCode(404);
        other.queryParam("patient", id).get("/fhir/Consent").then().statusCode(404);
        Http.as(Tokens.aruku()).get("/fhir/Consent/{id}", consent).then().statusCode(404);
        hers().post("/consents/{id}/$revoke", consent).then().statusCode(200);
    }

    private static RequestSpecification hers() {
        return Http.as(Tokens.citizen("citizen-37"), "PATRQT");
    }

    private ValidatableResponse create(String members) {
        String consent = "{'resourceType':'Consent','status':'active',"
                + "'scope':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/consentscope',"
                + "'code':'patient-privacy'}]},'category':[{'coding':[{'system':'http://loinc.org','code':'59284-0'}]}],"
                + "'patient':{'reference':'Patient/" + id + "'}," + members + "}";
        return hers().contentType("application/fhir+json")
                .body(consent.replace('\'', '"'))
                .post("/fhir/Consent")
                .then();
    }
}
