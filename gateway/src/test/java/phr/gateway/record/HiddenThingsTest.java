package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.ledger.ConsentEpochs;
import phr.fhir.Fhir;
import phr.fhir.PersonId;
import phr.fhir.catalogue.FactsReader;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.validate.Document;
import phr.fhir.validate.ValidatedBatches;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What a clinic may not see leaves no trace in what it may see (consent-semantics.md §14.2). */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class HiddenThingsTest {

    private static final Set<PhrCategory> SHOWN = Set.of(PhrCategory.LAB);
    private static final Set<PhrCategory> HIDDEN = Set.of(PhrCategory.LAB, PhrCategory.PROCEDURE);
    private static final String NARRATIVE =
            "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>SECRET</div>\"}";

    @Inject
    RecordStore store;

    @Inject
    ConsentEpochs epochs;

    private final List<String> hidden = new ArrayList<>();
    private final String shown = UUID.randomUUID().toString();
    private String token = "";
    private String person = "";
    private String patient = "";

    @BeforeEach
    void a_citizen_who_shares_laboratory_results_and_no_procedures() {
        token = Tokens.citizen("citizen-33", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        patient = Cast.introduce(token, person, "sakura-clinic");
        Cast.revokeEverything(token);
        Cast.grant(token, Cast.SAKURA_MAY_READ.replace("\"ALL\"", "[{\"category\":[\"lab\"]}]"));
        Cast.grant(token, """
                {"effect":"DENY","grantees":[{"kind":"ANY"}],"emergency":"never","selectors":[{"category":["procedure"]}]}""");
    }

    private void save(String json, Set<PhrCategory> categories) {
        String whole = json.replace("PERSON", "Patient/" + person);
        Resource resource = (Resource) Fhir.json().parseResource(whole);
        String id = resource.getIdElement().getIdPart();
        Document document = new Document(
                FactsReader.read(resource, "phr-citizen", categories, Labels.NORMAL),
                new SourceIdentity(Sample.SOURCE, resource.fhirType() + "/" + id, null),
                List.of(),
                Map.of("code", Set.of("http://loinc.org|" + (categories.equals(HIDDEN) ? "30341-2" : "4548-4"))),
                whole.getBytes(StandardCharsets.UTF_8));
        PersonId owner = PersonId.parse(person);
        store.save(
                Permits.self(owner, Action.CONTRIBUTE, epochs.current(owner)),
                ValidatedBatches.of(Sample.intake(owner), List.of(document), List.of()));
        if (categories.equals(HIDDEN)) {
            hidden.add(id);
        }
    }

    private static String resource(String type, String id, String rest) {
        return "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"," + rest + "}";
    }

    private static String observation(String id, String code, String rest) {
        return resource(
                "Observation",
                id,
                "\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code
                        + "\"}]},\"subject\":{\"reference\":\"PERSON\"},\"effectiveDateTime\":\"2026-03-01\"" + rest);
    }

    private String hiddenObservation() {
        String id = UUID.randomUUID().toString();
        save(observation(id, "30341-2", ",\"valueString\":\"SECRET\""), HIDDEN);
        return id;
    }

    private static String to(String reference) {
        return "{\"reference\":\"" + reference + "\",\"display\":\"SECRET\"}";
    }

    /** One shown observation that points to hidden ones, and everything else that could point to them. */
    private String recordFullOfPointers() {
        String secret = hiddenObservation();
        String encounter = UUID.randomUUID().toString();
        save(
                resource(
                        "Encounter",
                        encounter,
                        "\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},\"subject\":{\"reference\":\"PERSON\"}"),
                HIDDEN);
        String observation = "Observation/" + secret;
        save(
                observation(
                        shown,
                        "4548-4",
                        "," + NARRATIVE + ",\"hasMember\":[" + to(observation) + "],\"derivedFrom\":[" + to(observation)
                                + "],\"encounter\":" + to("Encounter/" + encounter)),
                SHOWN);
        String both = "{\"reference\":\"Observation/" + shown + "\"}," + to(observation);
        save(
                resource(
                        "Provenance",
                        UUID.randomUUID().toString(),
                        NARRATIVE + ",\"target\":[" + both + "],\"recorded\":\"2026-03-01T00:00:00+09:00\","
                                + "\"agent\":[{\"who\":{\"display\":\"x\"}}],\"entity\":[{\"role\":\"source\",\"what\":"
                                + to(observation) + "}]"),
                SHOWN);
        save(
                resource(
                        "List",
                        UUID.randomUUID().toString(),
                        "\"status\":\"current\",\"mode\":\"working\",\"subject\":{\"reference\":\"PERSON\"},\"entry\":["
                                + "{\"item\":{\"reference\":\"Observation/" + shown + "\"}},{\"item\":"
                                + to(observation)
                                + "}]"),
                SHOWN);
        save(
                resource(
                        "Composition",
                        UUID.randomUUID().toString(),
                        "\"status\":\"final\",\"type\":{\"text\":\"x\"},\"subject\":{\"reference\":\"PERSON\"},"
                                + "\"date\":\"2026-03-01\",\"author\":[{\"display\":\"x\"}],\"title\":\"x\",\"section\":["
                                + "{\"title\":\"SECRET\"," + NARRATIVE + ",\"entry\":[" + to(observation) + "]}]"),
                SHOWN);
        String container = UUID.randomUUID().toString();
        String contained = resource(
                "Observation",
                "c",
                "\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"7918-6\"}]}");
        save(
                observation(
                        container,
                        "4548-4",
                        ",\"note\":[{\"text\":\"SECRET\"}],\"contained\":[" + contained
                                + "],\"hasMember\":[{\"reference\":\"#c\"}]"),
                SHOWN);
        hidden.add(container);
        return secret;
    }

    private Response clinic(String path) {
        return Http.as(Tokens.drSato("user/*.cruds"), "TREAT")
                .urlEncodingEnabled(false)
                .get(path);
    }

    private String searched(String parameters) {
        return "/fhir/Observation?patient=" + patient + parameters;
    }

    @Test
    @DisplayName("P-16 include, contained, nested, Provenance, List, display and narrative")
    void nothing_shown_points_to_what_is_hidden() {
        recordFullOfPointers();
        for (String way : List.of(
                "/fhir/Patient/" + patient + "/$everything",
                searched("&_include=Observation:has-member&_include=Observation:derived-from"
                        + "&_include=Observation:encounter&_revinclude=Provenance:target"),
                "/fhir/Provenance?patient=" + patient,
                "/fhir/Observation/" + shown,
                "/fhir/Observation/" + shown + "/_history",
                "/fhir/Observation/" + shown + "/_history/1")) {
            Response answer = clinic(way);
            assertEquals(200, answer.statusCode(), way);
            assertTrue(answer.asString().contains(shown), way);
            assertFalse(answer.asString().contains("SECRET"), way);
            for (String id : hidden) {
                assertFalse(answer.asString().contains(id), way);
            }
        }
        String everything = clinic("/fhir/Patient/" + patient + "/$everything").asString();
        for (String type : List.of("List", "Composition", "Provenance")) {
            assertTrue(everything.contains("\"resourceType\":\"" + type + "\""), type);
        }
        for (String id : hidden) {
            assertEquals(404, clinic("/fhir/Observation/" + id).statusCode());
        }
    }

    @Test
    @DisplayName("§20 includes, narrative, contained, result links untouched; only GET handled")
    void every_method_finds_nothing() {
        String secret = recordFullOfPointers();
        String path = "/fhir/Observation/" + secret;
        String nowhere = "/fhir/Observation/" + UUID.randomUUID();
        String labels = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{}}]}";
        for (String method : List.of("HEAD", "DELETE", "PUT", "PATCH", "OPTIONS", "POST")) {
            assertEquals(
                    method(method, nowhere, "").asString(),
                    method(method, path, "").asString(),
                    method);
            assertEquals(
                    method(method, nowhere, "").statusCode(),
                    method(method, path, "").statusCode(),
                    method);
        }
        assertEquals(404, method("HEAD", path, "").statusCode());
        assertEquals(404, method("DELETE", path, "").statusCode());
        assertEquals(
                method("POST", nowhere + "/$meta-add", labels).asString(),
                method("POST", path + "/$meta-add", labels).asString());
        Response search = method("POST", "/fhir/Observation/_search", "");
        assertFalse(search.asString().contains("SECRET"));
        assertEquals(200, Http.as(token, "PATRQT").get(path).statusCode(), "she herself still has it");
    }

    private static Response method(String method, String path, String body) {
        return Http.as(Tokens.drSato("user/*.cruds"), "TREAT")
                .contentType("application/fhir+json")
                .body(body)
                .request(method, path);
    }

    @Test
    @DisplayName("P-17, P-18, P-19 search as oracle: what is hidden changes no byte of any answer")
    void no_question_tells_whether_something_is_hidden() {
        for (int i = 0; i < 5; i++) {
            save(observation(UUID.randomUUID().toString(), "4548-4", ""), SHOWN);
        }
        Map<String, String> before = answers();
        String secret = hiddenObservation();
        String pointing = UUID.randomUUID().toString();
        save(observation(pointing, "30341-2", ",\"hasMember\":[" + to("Observation/" + secret) + "]"), HIDDEN);
        save(
                resource(
                        "Provenance",
                        UUID.randomUUID().toString(),
                        "\"target\":[" + to("Observation/" + secret) + "],\"recorded\":\"2026-03-01T00:00:00+09:00\","
                                + "\"agent\":[{\"who\":{\"display\":\"x\"}}]"),
                HIDDEN);
        assertEquals(before, answers());
        assertEquals(
                "{\"statusCode\":404}",
                "{\"statusCode\":" + clinic("/fhir/Observation/" + secret).statusCode() + "}");
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        String code = "http://loinc.org%7C30341-2";
        for (String question : List.of(
                "",
                "&_summary=count",
                "&_total=accurate&_count=2",
                "&_sort=date",
                "&_sort=-date",
                "&_sort=_lastUpdated&_count=3",
                "&_sort=-_lastUpdated&_count=3",
                "&_sort=_id",
                "&_sort=value-string",
                "&code=" + code,
                "&code=" + code + "&_summary=count",
                "&code:not=" + code,
                "&code:not=http://loinc.org%7C4548-4",
                "&date=2026-03-01&_total=accurate",
                "&_lastUpdated=gt2020-01-01&_summary=count",
                "&_has:Provenance:target:agent=x",
                "&_has:Observation:has-member:code=" + code,
                "&has-member.code=" + code,
                "&encounter.status=finished",
                "&subject:Patient.name=x",
                "&_filter=code%20eq%20" + code,
                "&code-value-string=" + code + "$SECRET",
                "&value-string=SECRET",
                "&_revinclude=Provenance:target",
                "&_include=Observation:has-member")) {
            answers.put(question, shape(clinic(searched(question))));
        }
        for (String path : List.of(
                "/fhir/Provenance?patient=" + patient + "&_summary=count",
                "/fhir/Patient/" + patient + "/$everything?_count=2",
                "/fhir/Patient/" + patient + "/$everything",
                "/fhir/Observation/$stats?patient=" + patient + "&coding=" + code + "&statistic=count")) {
            answers.put(path, shape(clinic(path)));
        }
        return answers;
    }

    /** Cursors are encrypted afresh each time. */
    private static String shape(Response answer) {
        return answer.statusCode() + " " + answer.asString().replaceAll("_cursor=[A-Za-z0-9_-]+", "_cursor=");
    }

    @Test
    @DisplayName("P-18 every page is full although hidden resources lie between")
    void pages_have_no_gaps() {
        for (int i = 0; i < 7; i++) {
            save(observation(UUID.randomUUID().toString(), "4548-4", ""), SHOWN);
            hiddenObservation();
        }
        int total = clinic(searched("&_summary=count")).path("total");
        int seen = 0;
        String next = searched("&_count=3");
        while (next != null) {
            Response page = clinic(next);
            List<String> ids = page.path("entry.resource.id");
            seen += ids.size();
            String link = page.path("link.find { it.relation == 'next' }?.url");
            assertTrue(link == null || ids.size() == 3, "a page before the last is full");
            next = link == null ? null : link.replace(Stack.BASE, "/fhir");
        }
        assertEquals(total, seen);
    }

    @Test
    @DisplayName("§20 clinical-code restriction decided but never enforced; redaction inverted over HTTP")
    void a_denied_code_is_in_no_answer() {
        Cast.revokeEverything(token);
        Cast.grant(token, Cast.SAKURA_MAY_READ);
        Cast.grant(token, """
                {"effect":"DENY","grantees":[{"kind":"ANY"}],"emergency":"never",
                 "selectors":[{"code":["http://loinc.org|30341-2"]}]}""");
        String denied = UUID.randomUUID().toString();
        save(observation(denied, "30341-2", ""), SHOWN);
        String restricted = UUID.randomUUID().toString();
        save(observation(restricted, "7918-6", ""), SHOWN);
        save(observation(shown, "4548-4", ""), SHOWN);
        for (String way : List.of(searched("&_count=1000"), "/fhir/Patient/" + patient + "/$everything")) {
            String answer = clinic(way).asString();
            assertTrue(answer.contains(shown), way);
            assertFalse(answer.contains(denied), way);
            assertFalse(answer.contains(restricted), way);
        }
        assertEquals(404, clinic("/fhir/Observation/" + denied).statusCode());
        assertEquals(404, clinic("/fhir/Observation/" + restricted).statusCode());
        assertEquals(200, clinic("/fhir/Observation/" + shown).statusCode());
    }
}
