package phr.gateway;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Sha256;
import phr.fhir.fixtures.People;
import phr.portability.sign.DetachedJws;

/** A person, her clinic, her consent: through the public interface only. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class JourneyTest {

    private static final String HIS_SCOPE = "user/*.rs";
    private static final String HER_SCOPE = "patient/*.cruds";

    private String person = "";
    private String patient = "";

    @BeforeEach
    void she_is_registered_and_known_to_her_clinic() {
        Cast.organisations();
        person = Cast.register(Tokens.hanako(HER_SCOPE));
        patient = Cast.introduce(Tokens.hanako(HER_SCOPE), person, "sakura-clinic");
        Cast.revokeEverything(Tokens.hanako(HER_SCOPE));
    }

    @Test
    void registering_again_answers_the_same_person() {
        Http.as(Tokens.hanako()).post("/people").then().statusCode(200).body("id", equalTo(person));
        Http.as(Tokens.hanako())
                .get("/people/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(person))
                .body("name", equalTo(People.HANAKO.kanji()))
                .body("kana", equalTo(People.HANAKO.kana()))
                .body("gender", equalTo("female"))
                .body("birthDate", equalTo(People.HANAKO.birthDate().toString()));
    }

    @Test
    void her_patient_is_in_her_record_from_the_beginning() {
        hers("/fhir/Patient/" + person)
                .then()
                .statusCode(200)
                .body("resourceType", equalTo("Patient"))
                .body("id", equalTo(person))
                .body("birthDate", equalTo(People.HANAKO.birthDate().toString()));
    }

    @Test
    void an_introduction_gives_each_organisation_another_id() {
        String again = Cast.introduce(Tokens.hanako(), person, "sakura-clinic");
        String other = Cast.introduce(Tokens.hanako(), person, "midori-clinic");
        assertEquals(patient, again);
        assertNotEquals(patient, other);
        assertNotEquals(person, patient);
    }

    @Test
    void refused_then_permitted_then_refused_again() {
        Response before = his("/fhir/Patient/" + patient);
        before.then()
                .statusCode(403)
                .body("issue[0].code", equalTo("forbidden"))
                .body("issue[0].details.coding[0].code", equalTo("consent-required"));

        String directive = Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        his("/fhir/Patient/" + patient).then().statusCode(200).body("id", equalTo(patient));

        Http.as(Tokens.hanako())
                .post("/consents/" + directive + "/$revoke")
                .then()
                .statusCode(200)
                .body("directive.state", equalTo("REVOKED"));
        Response after = his("/fhir/Patient/" + patient);
        assertEquals(403, after.statusCode());
        assertArrayEquals(before.asByteArray(), after.asByteArray());

        Http.as(Tokens.hanako())
                .get("/audit/" + person + "?_count=6")
                .then()
                .statusCode(200)
                .body("outcome[0]", equalTo("DENY"))
                .body("reason[0]", equalTo("DEFAULT"))
                .body("organisation[0]", equalTo("sakura-clinic"))
                .body("organisationName[0]", equalTo("さくらクリニック"))
                .body("app[0]", equalTo("sakura-viewer"))
                .body("user[0]", equalTo("佐藤 健一"))
                .body("purposes[0]", contains("TREAT"))
                .body("interaction[1]", equalTo("revoke"))
                .body("outcome[2]", equalTo("PERMIT"))
                .body("reason[2]", equalTo("CONSENT"))
                .body("directives[2]", contains(directive + "@1"))
                .body("interaction[3]", equalTo("grant"))
                .body("outcome[4]", equalTo("DENY"));
    }

    @Test
    void the_access_log_is_a_chain_that_holds() {
        his("/fhir/Patient/" + patient);
        int last =
                Http.as(Tokens.hanako()).get("/audit/" + person + "?_count=1").path("[0].seq");
        Http.as(Tokens.hanako())
                .get("/audit/" + person + "/verify")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("entries", equalTo(last));
        Http.as(Tokens.hanako())
                .get("/audit/" + person + "?_count=2&before=" + last)
                .then()
                .body("seq", contains(last - 1, last - 2));
    }

    @Test
    void each_request_leaves_exactly_one_entry() {
        int before = entries();
        his("/fhir/Patient/" + patient);
        assertEquals(before + 1, entries());
        Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        int granted = entries();
        his("/fhir/Patient/" + patient);
        his("/fhir/Observation?patient=" + patient);
        his("/fhir/Observation/" + UUID.randomUUID());
        hers("/fhir/Patient/" + person);
        assertEquals(granted + 3, entries());
    }

    @Test
    void entries_that_come_at_once_queue_up_in_one_chain() {
        int before = entries();
        String token = Tokens.drSato(HIS_SCOPE);
        IntStream.range(0, 40).parallel().forEach(i -> Http.as(token, "TREAT")
                .get("/fhir/Patient/" + patient)
                .then()
                .statusCode(403));
        Http.as(Tokens.hanako())
                .get("/audit/" + person + "/verify")
                .then()
                .body("valid", equalTo(true))
                .body("entries", equalTo(before + 40));
    }

    @Test
    @DisplayName("P-26 once a revocation is answered no read is permitted any more")
    void once_a_revocation_is_answered_no_read_is_permitted_any_more() throws Exception {
        for (int round = 0; round < 5; round++) {
            String directive = Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
            AtomicBoolean revoked = new AtomicBoolean();
            CompletableFuture<List<Integer>> reader = CompletableFuture.supplyAsync(() -> {
                List<Integer> late = new ArrayList<>();
                while (late.size() < 3) {
                    boolean after = revoked.get();
                    int status = his("/fhir/Observation?patient=" + patient).statusCode();
                    assertTrue(Set.of(200, 403, 503).contains(status), "status " + status);
                    if (after) {
                        late.add(status);
                    }
                }
                return late;
            });
            Http.as(Tokens.hanako())
                    .post("/consents/" + directive + "/$revoke")
                    .then()
                    .statusCode(200);
            revoked.set(true);
            assertEquals(List.of(403, 403, 403), reader.get(60, TimeUnit.SECONDS), "round " + round);
        }
    }

    @Test
    void nobody_else_reads_her_log_or_her_consents() {
        String directive = Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        Cast.register(Tokens.taro());
        for (String token : List.of(Tokens.taro(), Tokens.drSato(HIS_SCOPE), Tokens.operator(), Tokens.aruku())) {
            Http.as(token).get("/audit/" + person).then().statusCode(404);
            Http.as(token).get("/audit/" + patient).then().statusCode(404);
            Http.as(token).get("/audit/" + person + "/verify").then().statusCode(404);
            Http.as(token).get("/consents/" + directive).then().statusCode(404);
            Http.as(token).post("/consents/" + directive + "/$revoke").then().statusCode(404);
            Http.as(token)
                    .contentType("application/json")
                    .body("{\"organisation\":\"midori-clinic\"}")
                    .post("/people/" + person + "/introductions")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void hidden_and_absent_look_the_same() {
        String unknown = UUID.randomUUID().toString();
        Cast.register(Tokens.taro());
        Response absent = Http.as(Tokens.drSato(HIS_SCOPE), "TREAT").get("/fhir/Patient/" + unknown);
        Response inner = Http.as(Tokens.drSato(HIS_SCOPE), "TREAT").get("/fhir/Patient/" + person);
        Response others = Http.as(Tokens.drSuzuki(HIS_SCOPE), "TREAT").get("/fhir/Patient/" + patient);
        Response citizen = Http.as(Tokens.taro(HER_SCOPE), "PATRQT").get("/fhir/Patient/" + person);
        for (Response hidden : List.of(inner, others, citizen)) {
            assertEquals(404, hidden.statusCode());
            assertArrayEquals(absent.asByteArray(), hidden.asByteArray());
            assertEquals(absent.contentType(), hidden.contentType());
        }
    }

    @Test
    @DisplayName("P-24 a call without purpose is incomplete")
    void a_call_without_purpose_is_incomplete() {
        Http.as(Tokens.drSato(HIS_SCOPE))
                .get("/fhir/Patient/" + patient)
                .then()
                .statusCode(400)
                .body("issue[0].details.coding[0].code", equalTo("INCOMPLETE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATRQT", "BTG", "HMARKT", "TREAT,HMARKT", "NONSENSE"})
    void a_purpose_she_did_not_allow_is_refused_like_any_other(String purpose) {
        Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        Response refused = Http.as(Tokens.drSato(HIS_SCOPE), purpose).get("/fhir/Patient/" + patient);
        refused.then().statusCode(403).body("issue[0].details.coding[0].code", equalTo("consent-required"));
        assertFalse(refused.asString().contains(purpose));
    }

    @Test
    void scopes_narrow_what_consent_allows() {
        Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        Http.as(Tokens.drSato("user/Observation.rs"), "TREAT")
                .get("/fhir/Patient/" + patient)
                .then()
                .statusCode(403)
                .body("issue[0].details.coding[0].code", equalTo("insufficient-scope"));
        Http.as(Tokens.drSato(), "TREAT").get("/fhir/Patient/" + patient).then().statusCode(403);
    }

    @Test
    void an_app_that_nobody_registered_gets_nothing() {
        Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        Http.as(Tokens.user("stranger", "", "hanako", HER_SCOPE), "PATRQT")
                .get("/fhir/Patient/" + person)
                .then()
                .statusCode(400)
                .body("issue[0].details.coding[0].code", equalTo("INCOMPLETE"));
        Http.as(Tokens.user("stranger", "", "hanako"))
                .get("/consents")
                .then()
                .statusCode(403)
                .body("code", equalTo("first-party-only"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1",
                "1;drop table person",
                "..%2F..%2Fetc",
                "%00",
                "00000000-0000-0000-0000-000000000000",
                "Ａ",
            })
    void a_strange_id_is_just_not_found(String id) {
        Http.as(Tokens.drSato(HIS_SCOPE), "TREAT")
                .get("/fhir/Patient/{id}", id)
                .then()
                .statusCode(404);
        Http.as(Tokens.hanako()).get("/audit/{id}", id).then().statusCode(404);
        Http.as(Tokens.hanako()).get("/consents/{id}", id).then().statusCode(404);
    }

    @Test
    void consents_are_written_strictly() {
        consent("{\"effect\":\"PERMIT\",\"surprise\":1}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/surprise"));
        consent("{").then().statusCode(400);
        consent("{\"effect\":\"PERMIT\"}").then().statusCode(422);
        consent("[".repeat(5000)).then().statusCode(400);
        consent(Cast.SAKURA_MAY_READ.replace("sakura-clinic", "nobody"))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/grantees"));
        Http.as(Tokens.hanako()).get("/consents").then().body("directive.state", not(hasItem("ACTIVE")));
    }

    @Test
    void amending_needs_the_version_that_it_replaces() {
        String directive = Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        String wider = Cast.SAKURA_MAY_READ.replace("\"TREAT\"", "\"TREAT\",\"COC\"");
        amend(directive, null, wider).then().statusCode(400);
        amend(directive, "\"7\"", wider).then().statusCode(412);
        amend(directive, "\"1\"", wider)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("directive.version", equalTo(2))
                .body("events.type", contains("GRANTED", "AMENDED"));
        amend(directive, "\"1\"", wider).then().statusCode(412);
        Http.as(Tokens.hanako())
                .get("/consents/" + directive)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("directive.state", equalTo("ACTIVE"));
    }

    @Test
    void revoking_twice_is_revoking_once() {
        String directive = Cast.grant(Tokens.hanako(), Cast.SAKURA_MAY_READ);
        Map<String, String> reason = Map.of("reason", "もう通っていない");
        for (boolean encodedDollar : List.of(false, true)) {
            Http.as(Tokens.hanako())
                    .urlEncodingEnabled(encodedDollar)
                    .contentType("application/json")
                    .body(reason)
                    .post("/consents/" + directive + "/$revoke")
                    .then()
                    .statusCode(200)
                    .body("events.type", contains("GRANTED", "REVOKED"))
                    .body("events[1].reason", equalTo("もう通っていない"));
        }
    }

    @Test
    @DisplayName("P-32 a grant comes with a signed receipt")
    void a_grant_comes_with_a_signed_receipt() throws Exception {
        Response granted = consent(Cast.SAKURA_MAY_READ);
        granted.then()
                .statusCode(201)
                .header("Location", matchesPattern(".*/consents/[0-9a-f-]{36}"))
                .header("ETag", "\"1\"")
                .body("receipt", notNullValue())
                .body("receiptSignature", matchesPattern("[A-Za-z0-9_-]+\\.\\.[A-Za-z0-9_-]+"));
        String body = granted.asString();
        String receipt = body.substring(body.indexOf("\"receipt\":") + 10, body.lastIndexOf(",\"receiptSignature\""));
        String keys = Http.anonymous().get("/.well-known/jwks.json").asString();
        DetachedJws signature =
                DetachedJws.parse(granted.path("receiptSignature")).orElseThrow();
        ECKey key = JWKSet.parse(keys).getKeyByKeyId(signature.kid()).toECKey();
        assertTrue(signature.verifies(key, receipt.getBytes(StandardCharsets.UTF_8)));
        assertFalse(signature.verifies(key, receipt.replace("TREAT", "HMARKT").getBytes(StandardCharsets.UTF_8)));
        String again = Http.as(Tokens.hanako())
                .get("/consents/" + granted.path("directive.id") + "/receipt")
                .asString();
        assertTrue(again.contains(receipt));
        String notice = granted.path("receipt.notice.url");
        Response shown = Http.anonymous().get(notice.substring(Stack.BASE.length() - "/fhir".length()));
        shown.then().statusCode(200);
        assertEquals(
                granted.path("receipt.notice.sha256"),
                Sha256.of(shown.asByteArray()).hex());
    }

    @Test
    void only_an_operator_writes_the_registry() {
        for (String token : List.of(Tokens.hanako(), Tokens.drSato(HIS_SCOPE), Tokens.aruku())) {
            Http.as(token)
                    .contentType("application/json")
                    .body(Cast.SAKURA)
                    .put("/organisations/sakura-clinic")
                    .then()
                    .statusCode(403);
        }
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body(
                        "{\"name\":\"\",\"classes\":[\"bank\"],\"clients\":[{\"id\":\"phr-citizen\",\"processor\":false}]}")
                .put("/organisations/x")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/name", "/classes", "/clients/0/id"));
    }

    @Test
    void systems_and_staff_do_not_become_people() {
        Http.as(Tokens.aruku()).post("/people").then().statusCode(403);
        Http.as(Tokens.drSato()).post("/people").then().statusCode(403);
        Http.as(Tokens.operator()).post("/people").then().statusCode(403);
        Http.as(Tokens.drSato()).get("/people/me").then().statusCode(404);
    }

    @Test
    void a_system_is_known_as_one() {
        String known = Cast.introduce(Tokens.hanako(), person, "aruku");
        Http.as(Tokens.aruku("system/*.rs"), "wellness-coaching")
                .get("/fhir/Patient/" + known)
                .then()
                .statusCode(403);
        Http.as(Tokens.hanako())
                .get("/audit/" + person + "?_count=1")
                .then()
                .body("[0].app", equalTo("aruku-backend"))
                .body("[0].user", nullValue())
                .body("[0].reason", equalTo("DEFAULT"));
    }

    private Response his(String path) {
        return Http.as(Tokens.drSato(HIS_SCOPE), "TREAT").get(path);
    }

    private Response hers(String path) {
        return Http.as(Tokens.hanako(HER_SCOPE), "PATRQT").get(path);
    }

    private int entries() {
        return Http.as(Tokens.hanako()).get("/audit/" + person + "/verify").path("entries");
    }

    private static Response consent(String body) {
        return Http.as(Tokens.hanako())
                .contentType("application/json")
                .body(body)
                .post("/consents");
    }

    private static Response amend(String directive, @org.jspecify.annotations.Nullable String version, String body) {
        var request = Http.as(Tokens.hanako()).contentType("application/json").body(body);
        return (version == null ? request : request.header("If-Match", version)).put("/consents/" + directive);
    }
}
