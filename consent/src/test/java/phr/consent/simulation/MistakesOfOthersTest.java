package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that published systems made (consent-semantics.md §20), from Consent to decision. */
class MistakesOfOthersTest {

    private static final String ACTOR = "'actor':[{'role':{'coding':[{'system':"
            + "'http://terminology.hl7.org/CodeSystem/v3-ParticipationType','code':'IRCP'}]},"
            + "'reference':{'reference':'Organization/c'}}]";
    private static final String LEVEL = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    private static final String ONLY_NORMAL = "'securityLabel':[{'system':'" + LEVEL + "','code':'N'}]";
    private static final String OBSERVATIONS =
            "'class':[{'system':'http://hl7.org/fhir/resource-types','code':'Observation'}]";
    private static final String PERMIT = "'type':'permit'," + ACTOR + "," + purpose("TREAT");

    private final List<String> consents = new ArrayList<>();
    private String purposes = "'TREAT'";

    private static String purpose(String code) {
        return "'purpose':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'" + code + "'}]";
    }

    @Test
    @DisplayName("§20 type of the nested provision ignored: permit inside permit adds, deny inside permit takes away")
    void theTypeOfANestedProvisionCounts() {
        consent("2026-01-01", PERMIT + ",'provision':[{'type':'permit'," + purpose("HPAYMT") + "}]");
        assertEquals("PERMIT CONSENT", decide(observation("N")));
        purposes = "'HPAYMT'";
        assertEquals("PERMIT CONSENT", decide(observation("N")));
        consents.clear();
        consent("2026-01-01", PERMIT + ",'provision':[{'type':'deny'," + purpose("TREAT") + "}]");
        purposes = "'TREAT'";
        assertEquals("DENY EXPLICIT", decide(observation("N")));
    }

    @Test
    @DisplayName("§20 most recent consent wins over an older deny")
    void anOlderDenyIsNotReopened() {
        consent("2020-01-01", "'type':'deny'," + OBSERVATIONS);
        consent("2026-01-01", PERMIT);
        assertEquals("DENY EXPLICIT", decide(observation("N")));
        Collections.reverse(consents);
        assertEquals("DENY EXPLICIT", decide(observation("N")));
    }

    @Test
    @DisplayName("§20 label and type in one provision enforced as either instead of both")
    void labelAndTypeMustBothMatch() {
        consent("2026-01-01", PERMIT + "," + OBSERVATIONS + "," + ONLY_NORMAL);
        assertEquals("PERMIT CONSENT", decide(observation("N")));
        assertEquals("DENY DEFAULT", decide(observation("R")));
        assertEquals(
                "DENY DEFAULT",
                decide(observation("N").replace("Observation", "Condition").replace("effective", "onset")));
    }

    @Test
    @DisplayName("§20 two purposes asked, one match enough")
    void everyPurposeMustBePermitted() {
        consent("2026-01-01", PERMIT);
        purposes = "'TREAT','HMARKT'";
        assertEquals("DENY DEFAULT", decide(observation("N")));
    }

    @Test
    @DisplayName("§20 redaction inverted: keeps the labelled entries, drops the plain ones")
    void whatIsLabelledIsHiddenAndWhatIsPlainIsShown() {
        consent("2026-01-01", PERMIT);
        consent("2026-01-01", "'type':'deny','securityLabel':[{'system':'" + LEVEL + "','code':'R'}]");
        assertEquals("DENY EXPLICIT", decide(observation("R")));
        assertEquals("PERMIT CONSENT", decide(observation("N")));
    }

    @ParameterizedTest(name = "§20 a deny without a complete period is skipped: {0} {1} on {2} is {3}")
    @CsvSource({
        "start, 2023-03-15, 2023-03-16, DENY EXPLICIT",
        "start, 2023-03-15, 2023-03-14, PERMIT CONSENT",
        "end, 2023-03-15, 2023-03-15, DENY EXPLICIT",
        "end, 2023-03-15, 2023-03-16, PERMIT CONSENT"
    })
    void anOpenPeriodDenies(String side, String border, String day, String expected) {
        consent("2026-01-01", PERMIT);
        consent("2026-01-01", "'type':'deny','dataPeriod':{'" + side + "':'" + border + "'}");
        assertEquals(expected, decide(dated(day)));
    }

    @Test
    @DisplayName("§20 types without a mapped date always pass")
    void whatHasNoDatePassesNoWindow() {
        String undated = "{'resourceType':'Basic','id':'b','subject':{'reference':'Patient/p'}," + meta("N") + "}";
        consent("2026-01-01", PERMIT + ",'dataPeriod':{'start':'1900-01-01'}");
        assertEquals("DENY DEFAULT", decide(undated));
        consents.clear();
        consent("2026-01-01", PERMIT);
        assertEquals("PERMIT CONSENT", decide(undated));
        consent("2026-01-01", "'type':'deny','dataPeriod':{'end':'1900-01-01'}");
        assertEquals("DENY EXPLICIT", decide(undated));
    }

    @Test
    @DisplayName("§20 zone dropped")
    void theOffsetOfADateCounts() {
        consent("2026-01-01", PERMIT + ",'dataPeriod':{'start':'2020-12-05','end':'2020-12-05'}");
        assertEquals("PERMIT CONSENT", decide(dated("2020-12-04T23:50:50-05:00")));
        assertEquals("DENY DEFAULT", decide(dated("2020-12-05T23:50:50-05:00")));
    }

    @Test
    @DisplayName("§20 empty scope allowed by default")
    void whatSaysNothingOpensNothing() {
        assertEquals("DENY DEFAULT", decide(observation("N")));
        consent("2026-01-01", "'type':'permit'," + ACTOR);
        assertEquals("DENY DEFAULT", decide(observation("N")));
        consents.clear();
        consents.add(consentOf("2026-01-01", PERMIT).replace("'patient-privacy'", "'treatment'"));
        assertEquals("DENY DEFAULT", decide(observation("N")));
        consents.clear();
        consent("2026-01-01", PERMIT);
        purposes = "";
        assertEquals("DENY INCOMPLETE", decide(observation("N")));
    }

    @Test
    @DisplayName("P-2, §20 an empty nested \"placeholder\" permit opens the record to everybody")
    void aPlaceholderOpensNothing() {
        consent("2026-01-01", "'type':'deny','provision':[{'type':'permit'}]");
        assertEquals("DENY EXPLICIT", decide(observation("N")));
        consents.clear();
        consent("2026-01-01", "'type':'deny','provision':[{'type':'permit','provision':[{'type':'permit'}]}]");
        assertEquals("DENY EXPLICIT", decide(observation("N")));
    }

    /** Every resource has the answer that it has alone, whatever stands around it. {@code -Dphr.seed} repeats a run. */
    @Test
    @DisplayName("P-15, §20 decisions aligned by index; identifiers of two patients mixed up")
    void decisionsFollowIdentityNotPosition() {
        long seed = Long.getLong("phr.seed", System.nanoTime());
        Random random = new Random(seed);
        consent("2026-01-01", PERMIT + "," + ONLY_NORMAL);
        consents.add(consentOf("2026-01-01", PERMIT).replace("Patient/p", "Patient/q"));
        List<String> resources = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String one = observation(i % 3 == 0 ? "R" : "N").replace("'o'", "'o" + i + "'");
            resources.add(i % 2 == 0 ? one : one.replace("Patient/p", "Patient/q"));
        }
        resources.add("{'resourceType':'Organization','id':'nobodys'," + meta("N") + "}");
        resources.add("{'resourceType':'Observation','id':'orphan'," + meta("N") + "}");
        List<String> alone = resources.stream().map(this::decide).toList();
        for (int round = 0; round < 200; round++) {
            List<Integer> order = new ArrayList<>();
            for (int i = 1 + random.nextInt(30); i > 0; i--) {
                order.add(random.nextInt(resources.size()));
            }
            JsonNode answer = answer(order.stream().map(resources::get).toList());
            for (int at = 0; at < order.size(); at++) {
                String expected = alone.get(order.get(at));
                assertEquals(expected, Simulated.decision(answer, at), "phr.seed=" + seed);
                String id =
                        Simulated.json(resources.get(order.get(at))).get("id").textValue();
                String named = answer.get("decisions").get(at).get("resource").textValue();
                assertEquals(id, named.replaceAll(".*/", ""), "phr.seed=" + seed);
            }
        }
    }

    private void consent(String dateTime, String provision) {
        consents.add(consentOf(dateTime, provision));
    }

    private String consentOf(String dateTime, String provision) {
        return "{'resourceType':'Consent','id':'k" + consents.size()
                + "','status':'active','scope':{'coding':[{'system':"
                + "'http://terminology.hl7.org/CodeSystem/consentscope','code':'patient-privacy'}]},"
                + "'category':[{'coding':[{'system':'http://loinc.org','code':'59284-0'}]}],"
                + "'patient':{'reference':'Patient/p'},'dateTime':'" + dateTime + "',"
                + "'policy':[{'uri':'https://example.org/policy'}],'provision':{" + provision + "}}";
    }

    private String decide(String resource) {
        return Simulated.decision(answer(List.of(resource)), 0);
    }

    private JsonNode answer(List<String> resources) {
        ObjectNode body = Simulated.object();
        body.set("consents", Simulated.json("[" + String.join(",", consents) + "]"));
        body.set(
                "request",
                Simulated.json("{'capacity':'RECIPIENT','app':{'id':'viewer','processor':true},"
                        + "'organisation':{'id':'Organization/c','classes':['medical-institution']},"
                        + "'user':{'id':'Practitioner/dr'},'purposes':[" + purposes + "],'action':'read'}"));
        body.put("at", "2026-06-01T10:00:00+09:00");
        ArrayNode list = body.putArray("resources");
        resources.forEach(resource -> list.add(Simulated.json(resource)));
        return Simulated.answer(body);
    }

    private static String observation(String level) {
        return "{'resourceType':'Observation','id':'o','subject':{'reference':'Patient/p'},"
                + "'effectiveDateTime':'2026-05-01T10:00:00+09:00'," + meta(level) + "}";
    }

    private static String dated(String day) {
        return observation("N").replace("2026-05-01T10:00:00+09:00", day);
    }

    private static String meta(String level) {
        return "'meta':{'security':[{'system':'" + LEVEL + "','code':'" + level + "'}]}";
    }
}
