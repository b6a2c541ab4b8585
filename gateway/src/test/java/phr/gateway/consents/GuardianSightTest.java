package phr.gateway.consents;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.deploy.proof.ExportedLog;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.authorities.Operator;
import phr.gateway.authorities.Relative;

/** What a mother sees of what her son of sixteen decides alone: nothing, in whatever list (consent-semantics.md §11). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class GuardianSightTest {

    private static final String MOTHER = "citizen-47";
    private static final String MIDORI = "midori-clinic";
    private static final String HIS_MIND = """
            {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/midori-clinic"}],
             "purposes":["TREAT"],"actions":["read"],"countries":["JP"],"selectors":[{"category":["mental-health"]}],
             "labels":{"max":"R","sensitivities":"ANY"}}""";

    private static final String TO_ANOTHER = HIS_MIND.replace(MIDORI, "aruku");

    private Standing mother;
    private Standing son;
    private String atMidori;

    @BeforeEach
    void her_son_is_sixteen_and_has_a_login() {
        Cast.organisations();
        Relative relative = Relative.named(MOTHER);
        String known =
                Relative.unregistered(Stack.YOUNG).asks().get("/people/me").path("id");
        String person = known == null ? claimed(relative) : known;
        mother = Standing.of(MOTHER, person);
        son = mother.other(Stack.YOUNG);
        atMidori = Cast.introduce(Tokens.citizen(Stack.YOUNG), person, MIDORI);
        Cast.revokeEverything(Tokens.citizen(Stack.YOUNG));
    }

    private static String claimed(Relative mother) {
        Relative.Child child = mother.registersChild(Stack.bornSixteenYearsAgo());
        Operator.verifies(child.authority()).statusCode(200);
        Relative.unregistered(Stack.YOUNG)
                .claimsRecord(mother.invites(child.id()))
                .statusCode(200);
        return child.id();
    }

    @Test
    void neither_who_read_his_mind_nor_when_stands_in_any_list_of_hers() throws Exception {
        uploadsAnswersAboutHisMood();
        given(mother, Cast.SAKURA_MAY_READ);
        String consent = given(son, HIS_MIND);
        midoriReads().statusCode(200).body("entry", hasSize(greaterThan(0)));
        son.clinicReads().statusCode(200);
        son.posts("/consents/" + consent + "/$revoke", Map.of()).statusCode(200);
        midoriReads().statusCode(403);

        son.log()
                .body("organisation", hasItem(MIDORI))
                .body("findAll { it.outcome == 'DENY' }.organisation", hasItem(MIDORI));
        mother.log()
                .body("organisation", hasItem("sakura-clinic"))
                .body("organisation", not(hasItem(MIDORI)))
                .body("directives.flatten()", not(hasItem(containsString(consent))));
        for (String form : List.of("application/json", "text/html", "text/csv")) {
            for (String ledger : List.of("provisions", "receipts")) {
                String text = mother.asksPlainly()
                        .accept(form)
                        .get("/ledgers/" + mother.person() + "/" + ledger)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
                assertFalse(text.contains(MIDORI) || text.contains("みどり"), ledger + " as " + form);
                assertFalse(text.contains("mental-health"), ledger + " as " + form);
                assertFalse(text.contains(consent), ledger + " as " + form);
            }
        }
        mother.gets("/consents/shared")
                .statusCode(200)
                .body("recipient.id.flatten()", not(hasItem(containsString(MIDORI))));
        son.gets("/consents/shared").statusCode(200).body("recipient.id.flatten()", hasItem(containsString(MIDORI)));
        pageByPage();
        chainsClose();
    }

    /** However small the page, what is hidden comes on none of them. */
    private void pageByPage() {
        long before = Long.MAX_VALUE;
        for (int page = 0; page < 2000 && before > 1; page++) {
            var entries = mother.asksPlainly()
                    .queryParam("_count", 1)
                    .queryParam("before", String.valueOf(Math.min(before, 999_999_999_999L)))
                    .get("/audit/" + mother.person())
                    .then()
                    .statusCode(200)
                    .body("organisation", not(hasItem(MIDORI)))
                    .extract();
            List<Integer> numbers = entries.path("seq");
            before = numbers.isEmpty() ? 0 : numbers.get(0);
        }
        assertTrue(before <= 1, "the log ends");
    }

    private void chainsClose() throws IOException, ParseException {
        int all = mother.asksPlainly()
                .get("/audit/" + mother.person() + "/verify")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .extract()
                .path("entries");
        String hers = export(mother);
        assertFalse(hers.contains(MIDORI) || hers.contains("mental-health"), "an entry came with the export");
        ExportedLog.Whole seen = whole(hers);
        assertTrue(seen.entries() >= all && seen.withheld() > 0, "the chain shows gaps, or nothing was withheld");
        ExportedLog.Whole his = whole(export(son));
        assertEquals(0, his.withheld());
        String forged = hers.replaceFirst("(\"withheld\":true[^\n]*\"hash\":\")[0-9a-f]{4}", "$10000");
        org.junit.jupiter.api.Assertions.assertThrows(phr.deploy.proof.BrokenChainException.class, () -> whole(forged));
    }

    private static ExportedLog.Whole whole(String export) throws IOException, ParseException {
        JWKSet keys =
                JWKSet.parse(Http.anonymous().get("/.well-known/jwks.json").asString());
        return ExportedLog.verify(new BufferedReader(new StringReader(export)), keys);
    }

    private static String export(Standing who) {
        return who.asksPlainly()
                .queryParam("_format", "ndjson")
                .get("/audit/" + who.person())
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':['http://loinc.org|44261-6']}",
                "{'code':['http://loinc.org|56888-1'],'category':['lab']}",
                "{'code':['urn:oid:1.2.392.200119.6.1005|9N911000000000011']}",
                "{'code':['http://house.example/codes|1']}",
                "{'code':['http://loinc.org|85354-9','http://www.whocc.no/atc|G03AA07']}",
                "{'label':['HIV']}",
                "{'instance':['Observation/6f1c7e9e-0000-4000-8000-000000000001']}",
                "{'author':['Organization/midori-clinic']}",
                "{'source':['urn:phr:diary'],'category':['lifelog-vitals']}",
                "{'documentType':['http://house.example/documents|1']}",
                "{'relatedTo':[{'meaning':'related','reference':'Encounter/6f1c7e9e-0000-4000-8000-000000000002'}]}",
            })
    void what_may_mean_his_own_data_is_not_hers_to_see(String selector) {
        String id = given(son, with(selector));
        son.gets("/consents/" + id).statusCode(200);
        mother.gets("/consents/" + id).statusCode(404);
        mother.gets("/consents").statusCode(200).body("directive.id", not(hasItem(id)));
        mother.posts("/consents/" + id + "/$revoke", Map.of()).statusCode(404);
        mother.log().body("directives.flatten()", not(hasItem(containsString(id))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':['http://loinc.org|85354-9']}",
                "{'code':['http://hl7.org/fhir/sid/icd-10|J45']}",
                "{'resourceType':['Observation']}",
                "{'category':['lab'],'code':['http://loinc.org|718-7']}",
                "{'documentType':['urn:oid:1.2.392.200119.6.1001|10']}",
            })
    void what_cannot_mean_them_both_see(String selector) {
        String id = given(son, with(selector));
        mother.gets("/consents/" + id).statusCode(200);
        mother.log().body("directives.flatten()", hasItem(containsString(id)));
    }

    @Test
    void what_she_gave_herself_she_sees_and_ends() {
        String id = given(mother, with("{'code':['http://loinc.org|44261-6']}"));
        mother.gets("/consents/" + id).statusCode(200).body("directive.grantor.capacity", equalTo("GUARDIAN"));
        mother.posts("/consents/" + id + "/$revoke", Map.of()).statusCode(200);
    }

    @Test
    void an_earlier_version_about_his_own_data_stays_hidden() {
        String id = given(son, TO_ANOTHER);
        son.asks()
                .header("If-Match", "\"1\"")
                .body(TO_ANOTHER.replace("mental-health", "lab"))
                .put("/consents/" + id)
                .then()
                .statusCode(200);
        mother.gets("/consents/" + id).statusCode(200);
        mother.gets("/consents/" + id + "/notices").statusCode(200).body("version", not(hasItem(1)));
        mother.asksPlainly()
                .get("/fhir/Consent/{id}/_history", id)
                .then()
                .statusCode(200)
                .body("entry.resource.meta.versionId", contains("2"));
        son.asksPlainly()
                .get("/fhir/Consent/{id}/_history", id)
                .then()
                .statusCode(200)
                .body("entry", hasSize(2));
    }

    @Test
    void a_package_that_she_takes_holds_none_of_it() throws IOException {
        String id = given(son, HIS_MIND);
        assertTrue(packed(son).contains(id), "his own package is whole");
        assertFalse(packed(mother).contains(id), "her package tells of it");
    }

    private String packed(Standing who) throws IOException {
        byte[] file = who.asksPlainly()
                .post("/transfer/{person}/export", who.person())
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        StringBuilder text = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    /** To somebody else, so that the clinic of his mind stays unknown to her. */
    private static String with(String selector) {
        return TO_ANOTHER.replace("{\"category\":[\"mental-health\"]}", selector.replace('\'', '"'));
    }

    private static String given(Standing who, String directive) {
        return who.asks()
                .body(directive)
                .post("/consents")
                .then()
                .statusCode(201)
                .extract()
                .path("directive.id");
    }

    private void uploadsAnswersAboutHisMood() {
        String observation = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"identifier\":[{\"system\":"
                + "\"urn:x:mood\",\"value\":\"" + UUID.randomUUID()
                + "\"}],\"category\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"survey\"}]}],"
                + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"44261-6\"}]},"
                + "\"effectiveDateTime\":\"2026-02-02T07:00:00+09:00\",\"valueQuantity\":{\"value\":4,\"unit\":\"{score}\","
                + "\"system\":\"http://unitsofmeasure.org\",\"code\":\"{score}\"}}";
        Relative.unregistered(Stack.YOUNG)
                .uploads(son.person(), observation.getBytes(StandardCharsets.UTF_8))
                .statusCode(201);
    }

    private ValidatableResponse midoriReads() {
        return Http.as(Tokens.drSuzuki("user/*.rs"), "TREAT")
                .queryParam("patient", atMidori)
                .get("/fhir/Observation")
                .then();
    }
}
