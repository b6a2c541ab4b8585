package phr.gateway.emergency;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** The glass: who may break it, what is seen behind it, who is told, and what misuse costs (consent-semantics.md §13). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class BreakGlassTest {

    private static final String SCOPES = "patient/*.rs";

    private String person;
    private String patient;
    private String last = "";

    @BeforeEach
    void a_person_whom_the_clinic_knows_and_may_not_read() {
        Cast.organisations();
        sakura(true, false);
        person = Cast.register(her());
        patient = Cast.introduce(her(), person, "sakura-clinic");
        bloodPressure();
    }

    @AfterEach
    void the_clinic_is_as_it_was() {
        sakura(true, false);
        if (!last.isEmpty()) {
            act(ito(), last, "$close").statusCode(200);
        }
        sakura(false, false);
        Cast.revokeEverything(her());
    }

    @Test
    void an_emergency_physician_reads_for_an_hour_and_the_person_is_told() {
        read(ito()).statusCode(403);
        String session = opened(open(ito(), patient)
                .statusCode(201)
                .body("patient", equalTo(patient))
                .body("step", equalTo("SUMMARY")));
        everything(ito()).statusCode(200);
        act(ito(), session, "$full").statusCode(200).body("step", equalTo("FULL"));
        read(ito()).statusCode(200).body("total", not(equalTo(0))).body("entry", hasSize(greaterThan(0)));
        notices()
                .body("kind", hasItems("EMERGENCY_OPENED", "EMERGENCY_FULL"))
                .body("findAll { it.about == '" + session + "' }.organisation", hasItem("さくらクリニック"));
        act(ito(), session, "$close").statusCode(200);
        read(ito()).statusCode(403);
        Http.as(her())
                .get("/audit/" + person)
                .then()
                .statusCode(200)
                .body("findAll { it.purposes == ['BTG'] }.reason", hasItem("APPI27-1-2"));
    }

    @Test
    void nobody_else_breaks_the_glass_and_the_person_is_told_of_the_attempt() {
        String refusal = open(sato(), patient).statusCode(403).extract().asString();
        notices().body("kind", hasItem("EMERGENCY_REFUSED"));
        sakura(false, false);
        assertEquals(refusal, open(ito(), patient).statusCode(403).extract().asString());
        open(her(), patient).statusCode(404);
        open(Tokens.mimamori("system/*.rs"), patient).statusCode(404);
        Http.anonymous()
                .contentType("application/json")
                .body(body(patient))
                .post("/emergency/sessions")
                .then()
                .statusCode(401);
    }

    @Test
    void what_is_said_is_complete() {
        post(
                        ito(),
                        "/emergency/sessions",
                        "{\"patient\":\"" + patient + "\",\"reason\":\"BECAUSE\",\"text\":\"short\"}")
                .statusCode(422)
                .body("errors.pointer", hasItems("/reason", "/text", "/identityMethod"));
        post(ito(), "/emergency/sessions", body(patient).replace("\"reason\"", "\"why\""))
                .statusCode(400);
        open(ito(), UUID.randomUUID().toString()).statusCode(404);
        open(ito(), person).statusCode(404);
    }

    @Test
    void a_session_is_of_one_user_and_one_person_and_is_renewed_once() {
        String session = opened(open(ito(), patient).statusCode(201));
        open(ito(), patient).statusCode(409);
        Http.as(sato(), "BTG")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then()
                .statusCode(403);
        act(sato(), session, "$full").statusCode(403);
        String other = Cast.introduce(other(), Cast.register(other()), "sakura-clinic");
        Http.as(ito(), "BTG")
                .queryParam("patient", other)
                .get("/fhir/Observation")
                .then()
                .statusCode(403);
        renew(session, "\"text\":\"short\"").statusCode(422);
        renew(session, "\"text\":\"still unconscious after surgery\"").statusCode(200);
        renew(session, "\"text\":\"still unconscious after surgery\"").statusCode(409);
        act(ito(), session, "$close").statusCode(200);
        act(ito(), session, "$close").statusCode(200);
        act(ito(), session, "$full").statusCode(409);
        renew(session, "\"text\":\"and once again, please\"").statusCode(409);
        act(ito(), UUID.randomUUID().toString(), "$full").statusCode(404);
    }

    @Test
    void a_deny_that_is_never_overridden_still_hides() {
        Cast.grant(her(), """
                {"effect":"DENY","grantees":[{"kind":"ANY"}],"selectors":[{"category":["lifelog-vitals"]}],
                 "emergency":"never"}""");
        String session = opened(open(ito(), patient).statusCode(201));
        act(ito(), session, "$full").statusCode(200);
        read(ito()).statusCode(anyOf(is(200), is(403))).body("entry.resource.code", anyOf(hasSize(0), equalTo(null)));
        act(ito(), session, "$close").statusCode(200);
    }

    @Test
    void operators_read_the_queue_as_a_page_in_which_nothing_runs() {
        String session = opened(post(
                        ito(),
                        "/emergency/sessions",
                        body(patient).replace("found unconscious", "<script>alert(1)</script> unconscious"))
                .statusCode(201));
        for (String language : new String[] {"ja", "en"}) {
            String page = Http.as(Tokens.operator())
                    .accept("text/html")
                    .header("Accept-Language", language)
                    .get("/emergency/reviews")
                    .then()
                    .statusCode(200)
                    .header("Content-Type", containsString("text/html"))
                    .header("Content-Language", equalTo(language))
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("Cache-Control", equalTo("no-store"))
                    .body(containsString(session))
                    .body(containsString("sakura-clinic"))
                    .body(containsString(language.equals("ja") ? "審査待ち" : "wait for review"))
                    .extract()
                    .asString();
            assertFalse(page.contains("<script"), "a statement runs");
            assertFalse(page.contains(person) || page.contains(patient), "the page names the person");
        }
        Http.as(her()).accept("text/html").get("/emergency/reviews").then().statusCode(403);
        act(ito(), session, "$close").statusCode(200);
    }

    @Test
    void misuse_suspends_the_organisation() {
        Cast.grant(her(), Cast.SAKURA_MAY_READ);
        treat().statusCode(200);
        String session = opened(open(ito(), patient).statusCode(201));
        Http.as(Tokens.operator())
                .get("/emergency/reviews")
                .then()
                .statusCode(200)
                .body("find { it.id == '" + session + "' }.text", equalTo("found unconscious in the street"))
                .body("find { it.id == '" + session + "' }.overdue", equalTo(false));
        Http.as(her()).get("/emergency/reviews").then().statusCode(403);
        review(her(), session, "JUSTIFIED").statusCode(403);
        review(Tokens.operator(), session, "PERHAPS").statusCode(422);
        review(Tokens.operator(), session, "MISUSE").statusCode(200);
        review(Tokens.operator(), session, "JUSTIFIED").statusCode(409);
        read(ito()).statusCode(403);
        treat().statusCode(403);
        open(ito(), patient).statusCode(403);
        sakura(true, false);
        treat().statusCode(200);
    }

    private static String her() {
        return Tokens.citizen("citizen-26", "patient/*.cruds");
    }

    private static String other() {
        return Tokens.citizen("citizen-27", "patient/*.cruds");
    }

    private static String ito() {
        return Tokens.drIto(SCOPES);
    }

    private static String sato() {
        return Tokens.drSato(SCOPES);
    }

    static void sakura(boolean emergency, boolean suspended) {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body(Cast.SAKURA.replace(
                        "\"country\":\"JP\",",
                        "\"country\":\"JP\",\"areas\":[\"13101\"],\"emergency\":" + emergency + ",\"suspended\":"
                                + suspended + ","))
                .put("/organisations/sakura-clinic")
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    private static String body(String patient) {
        return "{\"patient\":\"" + patient
                + "\",\"reason\":\"UNCONSCIOUS\",\"text\":\"found unconscious in the street\",\"identityMethod\":\"DOCUMENT\"}";
    }

    private static ValidatableResponse post(String token, String path, String body) {
        return Http.as(token)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    private static ValidatableResponse open(String token, String patient) {
        return post(token, "/emergency/sessions", body(patient));
    }

    private String opened(ValidatableResponse response) {
        last = response.extract().path("id");
        return last;
    }

    private static ValidatableResponse act(String token, String session, String what) {
        return Http.as(token)
                .post("/emergency/sessions/" + session + "/" + what)
                .then();
    }

    private static ValidatableResponse renew(String session, String text) {
        return post(ito(), "/emergency/sessions/" + session + "/$renew", "{\"reason\":\"LIFE_THREAT\"," + text + "}");
    }

    private static ValidatableResponse review(String token, String session, String outcome) {
        return post(
                token,
                "/emergency/reviews/" + session,
                "{\"outcome\":\"" + outcome + "\",\"note\":\"looked at the record of the case\"}");
    }

    private ValidatableResponse read(String token) {
        return Http.as(token, "BTG")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then();
    }

    private ValidatableResponse treat() {
        return Http.as(sato(), "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then();
    }

    private ValidatableResponse everything(String token) {
        return Http.as(token, "BTG")
                .queryParam("_dense", "each")
                .get("/fhir/Patient/{id}/$everything", patient)
                .then();
    }

    private ValidatableResponse notices() {
        return Http.as(her()).get("/people/me/notices").then().statusCode(200);
    }

    private void bloodPressure() {
        String observation = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"identifier\":[{\"system\":"
                + "\"https://vendor.example/samples\",\"value\":\"bp-" + person
                + "\"}],\"category\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\"}]}],"
                + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]},"
                + "\"effectiveDateTime\":\"2026-03-01T07:10:00+09:00\",\"valueQuantity\":{\"value\":61,"
                + "\"unit\":\"beats/min\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\"}}";
        Http.as(her(), "PATRQT")
                .contentType("application/octet-stream")
                .body(observation.getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}/fhir", person)
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }
}
