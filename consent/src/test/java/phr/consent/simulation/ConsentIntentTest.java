package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.fhir.ConsentWriter;
import phr.consent.fhir.Particulars;

/** What a directive means before and after it became a Consent: intents are compared, not structure (consent-semantics.md §17.3). */
class ConsentIntentTest {

    private static final String PERMIT =
            "{'id':'d','effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'Organization/c'}],"
                    + "'purposes':['TREAT'],'actions':['read'],'selectors':[{'resourceType':['Observation']}],"
                    + "'labels':{'max':'N','sensitivities':[]},'dataPeriod':{'start':'2022-01-01','end':'2022-12-31'},"
                    + "'validity':{'start':'2026-01-01','end':'2026-12-31'}}";
    private static final String DENY = "{'id':'d','effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never',"
            + "'selectors':'ALL','validity':{'start':'2026-01-01','end':'2026-12-31'},"
            + "'exceptions':[{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'Organization/c'}],"
            + "'purposes':['TREAT'],'dataPeriod':{'start':'2022-01-01','end':'2022-12-31'}}]}";

    @ParameterizedTest(name = "P-3 the meaning survives in both directions: {0}")
    @ValueSource(strings = {PERMIT, DENY})
    void theMeaningSurvives(String directive) {
        List<String> answers = new ArrayList<>();
        for (String at : List.of("2025-12-31", "2026-06-01", "2027-01-01")) {
            for (String day : List.of("2021-12-31", "2022-06-01", "2023-01-01")) {
                for (String who : List.of("Organization/c", "Organization/x")) {
                    JsonNode before = body("directives", Simulated.json(directive), at, day, who);
                    JsonNode after = body("consents", consent(directive), at, day, who);
                    String expected = Simulated.decision(Simulated.answer(before), 0);
                    assertEquals(expected, Simulated.decision(Simulated.answer(after), 0), at + " " + day + " " + who);
                    answers.add(expected);
                }
            }
        }
        assertEquals(1, answers.stream().filter("PERMIT CONSENT"::equals).count(), "one of the eighteen is meant");
    }

    @Test
    @DisplayName("P-3 the data window is not the time in which the rule may be used")
    void eachWindowHasItsOwnElement() {
        JsonNode provision = consent(PERMIT).get("provision");
        assertTrue(provision.get("dataPeriod").get("start").textValue().startsWith("2022-01-01"));
        assertTrue(provision.get("period").get("start").textValue().startsWith("2026-01-01"));
    }

    @Test
    @DisplayName("P-5 an exported rule lists every level")
    void everyLevelIsListed() {
        assertEquals(List.of("L", "M", "N", "U"), levels(consent(PERMIT)));
        String deny = "{'id':'d','effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never','labels':{'min':'R'}}";
        assertEquals(List.of("R", "V"), levels(consent(deny)));
    }

    @Test
    @DisplayName("§20 the meaning sits in an ordinary extension, so a generic engine misreads it")
    void whatTheCoreCannotSayIsAModifier() {
        String special = PERMIT.replace(
                        "'selectors':[{'resourceType':['Observation']}]", "'selectors':[{'category':['lab']}]")
                .replace(
                        "{'id':'d'",
                        "{'id':'d','conditions':[{'code':'AGGREGATE_ONLY','unit':'WEEK','functions':['mean']}]");
        JsonNode provision = consent(special).get("provision");
        assertTrue(provision.get("modifierExtension").size() >= 2);
        assertFalse(
                provision.toString().contains("\"extension\":[{\"url\":\"http"), "no plain extension carries meaning");
        ObjectNode foreign = consent(PERMIT);
        ((ObjectNode) foreign.get("provision"))
                .putArray("modifierExtension")
                .addObject()
                .put("url", "https://elsewhere.example/opt-out")
                .put("valueBoolean", true);
        JsonNode body = body("consents", foreign, "2026-06-01", "2022-06-01", "Organization/c");
        assertEquals(
                "DENY DEFAULT", Simulated.decision(Simulated.answer(body), 0), "what is not understood opens nothing");
    }

    private static List<String> levels(JsonNode consent) {
        List<String> levels = new ArrayList<>();
        consent.get("provision")
                .get("securityLabel")
                .forEach(label -> levels.add(label.get("code").textValue()));
        return levels.stream().sorted().toList();
    }

    private static ObjectNode consent(String directive) {
        Directive read = DirectiveReader.read(directive.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return ConsentWriter.write(
                read,
                new Particulars(
                        "Patient/p",
                        null,
                        Instant.parse("2025-01-01T00:00:00Z"),
                        "Organization/phr",
                        "https://example.org/policies/1"));
    }

    private static JsonNode body(String kind, JsonNode rule, String at, String day, String who) {
        ObjectNode body = Simulated.object();
        body.set(kind, Simulated.array(rule));
        body.set(
                "request",
                Simulated.json(
                        "{'capacity':'RECIPIENT','app':{'id':'viewer','processor':true},'organisation':{'id':'" + who
                                + "','classes':['medical-institution']},'user':{'id':'Practitioner/dr'},'purposes':['TREAT'],"
                                + "'action':'read'}"));
        body.put("at", at + "T10:00:00+09:00");
        body.set(
                "resources",
                Simulated.array(
                        Simulated.json("{'resourceType':'Observation','id':'o','subject':{'reference':'Patient/p'},"
                                + "'effectiveDateTime':'" + day + "','meta':{'security':[{'system':"
                                + "'http://terminology.hl7.org/CodeSystem/v3-Confidentiality','code':'N'}]}}")));
        return body;
    }
}
