package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The basic and intermediate consents of IHE PCF, row by row (consent-semantics.md §19.2). */
class IheConsentTest {

    private static final String ALL = "A S P W V E";
    private static final String CLOCK = "2023-09-01T10:00:00+09:00";
    private static final String COMMUNITY = "Group/verified-clinicians";
    private static final String RESEARCHER = "Organization/ex-org-researcher";
    private static final String TREATMENT =
            "'purpose':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'TREAT'},"
                    + "{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'HPAYMT'},"
                    + "{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'HOPERAT'}]";
    private static final String INSTANCES = """
            'data':[{'meaning':'instance','reference':{'reference':'Observation/A'}},
              {'meaning':'instance','reference':{'reference':'Observation/S'}},
              {'meaning':'instance','reference':{'reference':'Observation/P'}},
              {'meaning':'instance','reference':{'reference':'Observation/W'}},
              {'meaning':'instance','reference':{'reference':'Observation/V'}},
              {'meaning':'instance','reference':{'reference':'Encounter/E'}}]""";

    private final ObjectNode body = Simulated.file("ihe-pcf.json").deepCopy();

    @ParameterizedTest(name = "§19.2 consent-basic-treat: {0} is {1}")
    @CsvSource({"TREAT,200", "HPAYMT,200", "HOPERAT,200", "HRESCH,403", "HMARKT,403", "PATRQT,403"})
    void basicTreat(String purpose, int status) {
        consent("'type':'permit'," + TREATMENT);
        expect("U", purpose, CLOCK, status == 200 ? ALL : "", status);
    }

    @Test
    @DisplayName("§19.2 consent-basic-treat-infant")
    void basicTreatInfantNeedsTheAuthorityOfTheMother() {
        consent("'type':'permit'," + TREATMENT);
        ((ObjectNode) body.get("consents").get(0))
                .set("performer", Simulated.json("[{'reference':'RelatedPerson/mother'}]"));
        expect("U", "TREAT", CLOCK, "", 403);
        ((ObjectNode) body.get("context"))
                .set(
                        "authorities",
                        Simulated.json("[{'id':'a1','holder':'RelatedPerson/mother','kind':'PARENT','state':'IN_FORCE',"
                                + "'scope':{'categories':'ALL','purposes':'ALL','actions':'ALL','mayGrant':true}}]"));
        expect("U", "TREAT", CLOCK, ALL, 200);
    }

    @Test
    @DisplayName("§19.2 consent-basic-ink")
    void basicInk() {
        consent("'type':'permit'," + TREATMENT);
        ((ObjectNode) body.get("consents").get(0))
                .set("sourceReference", Simulated.json("{'reference':'DocumentReference/ink'}"));
        expect("U", "TREAT", CLOCK, ALL, 200);
    }

    @Test
    @DisplayName("§19.2 consent-expired-treat")
    void expiredTreatEndsWithTheLastDayInJapan() {
        consent("'type':'permit','period':{'end':'2022-12-31'}," + TREATMENT);
        expect("U", "TREAT", "2022-12-31T23:59:00+09:00", ALL, 200);
        expect("U", "TREAT", "2023-01-01T00:00:00+09:00", "", 403);
    }

    @Test
    @DisplayName("§19.2 consent-basic-reject")
    void basicReject() {
        consent("'type':'deny'");
        expect("U", "TREAT", CLOCK, "", 403);
    }

    @ParameterizedTest(name = "§19.2 consent-basic-research: {0} is {1}")
    @CsvSource({"HRESCH,200", "CLINTRCH,200", "BIORCH,200", "TREAT,403"})
    void basicResearch(String purpose, int status) {
        consent("'type':'permit','purpose':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason',"
                + "'code':'HRESCH'}]");
        expect("U", purpose, CLOCK, status == 200 ? ALL : "", status);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-timeframe")
    void timeframe() {
        consent("'type':'permit'," + TREATMENT + ",'dataPeriod':{'start':'2022-01-01','end':'2022-12-31'}");
        expect("U", "TREAT", CLOCK, "A", 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-not-timeframe")
    void notTimeframeWithholdsWhatHasNoDate() {
        nested("'type':'deny','dataPeriod':{'start':'2022-01-01','end':'2022-12-31'}");
        expect("U", "TREAT", CLOCK, "S P W V", 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-authoredby")
    void authoredBy() {
        String author = "'data':[{'meaning':'authoredby','reference':{'reference':'Practitioner/ex-practitioner'}}]";
        consent("'type':'permit'," + TREATMENT + "," + author);
        expect("U", "TREAT", CLOCK, "", 200);
        ((ObjectNode) body.get("resources").get(1))
                .set("performer", Simulated.json("[{'reference':'Practitioner/ex-practitioner'}]"));
        expect("U", "TREAT", CLOCK, "S", 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-not-authoredby")
    void notAuthoredBy() {
        nested(
                "'type':'deny','data':[{'meaning':'authoredby','reference':{'reference':'Practitioner/ex-practitioner'}}]");
        expect("U", "TREAT", CLOCK, ALL, 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-encounter; consent-intermediate-not-encounter")
    void encounterAndWhatRefersToIt() {
        String related = "'data':[{'meaning':'related','reference':{'reference':'Encounter/E'}}]";
        consent("'type':'permit'," + TREATMENT + "," + related);
        expect("U", "TREAT", CLOCK, ALL, 200);
        nested("'type':'deny'," + related);
        expect("U", "TREAT", CLOCK, "", 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-data")
    void namedDataAndNothingElse() {
        consent("'type':'permit'," + TREATMENT + "," + INSTANCES);
        expect("U", "TREAT", CLOCK, ALL, 200);
        JsonNode other = Simulated.json(
                "{'resourceType':'Observation','id':'X','subject':{'reference':'Patient/p'},"
                        + "'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-Confidentiality','code':'N'}]}}");
        ((com.fasterxml.jackson.databind.node.ArrayNode) body.get("resources")).add(other);
        expect("U", "TREAT", CLOCK, ALL, 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-not-data")
    void notNamedData() {
        nested("'type':'deny','data':[{'meaning':'instance','reference':{'reference':'Observation/A'}}]");
        expect("U", "TREAT", CLOCK, "S P W V E", 200);
    }

    @Test
    @DisplayName("§19.2 consent-intermediate-purpose")
    void foreignPurposeIsComparedByEquality() {
        consent("'type':'permit','actor':[{'reference':{'reference':'" + RESEARCHER + "'}}],"
                + "'purpose':[{'system':'http://example.org/policies/purposeOfUse','code':'FooBar'}]");
        expect(RESEARCHER, "http://example.org/policies/purposeOfUse|FooBar", CLOCK, ALL, 200);
        expect(RESEARCHER, "TREAT", CLOCK, "", 403);
        expect("U", "http://example.org/policies/purposeOfUse|FooBar", CLOCK, "", 403);
    }

    @Test
    @DisplayName("§19.2 dissent-intermediate-break-glass")
    void dissentWithBreakGlassForOneGroup() {
        String glass = "'provision':[{'type':'permit','actor':[{'reference':{'reference':'Group/ex-privilegedUsers'}}],"
                + "'purpose':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'BTG'}]}]";
        consent("'type':'deny'," + glass);
        expect("U", "TREAT", CLOCK, "", 403);
        expect("U", "BTG", CLOCK, "", 403);
        expect("G", "TREAT", CLOCK, "", 403);
        expect("G", "BTG", CLOCK, "", 403);
        ((ObjectNode) body.get("context"))
                .set(
                        "emergencies",
                        Simulated.json("[{'kind':'BTG','user':'Practitioner/g','openedAt':'2023-09-01T09:30:00+09:00',"
                                + "'closesAt':'2023-09-01T10:30:00+09:00','step':'FULL'}]"));
        expect("G", "BTG", CLOCK, ALL, 200);
        expect("G", "TREAT", CLOCK, "", 403);
    }

    private void consent(String provision) {
        ((ObjectNode) body.get("consents").get(0)).set("provision", Simulated.json("{" + provision + "}"));
    }

    private void nested(String exception) {
        consent("'type':'permit'," + TREATMENT + ",'provision':[{" + exception + "}]");
    }

    private void expect(String user, String purpose, String at, String released, int status) {
        ObjectNode request = (ObjectNode) body.get("request");
        boolean organisation = user.startsWith("Organization/");
        request.withObject("/organisation").put("id", organisation ? user : "Organization/hospital");
        String groups = user.equals("G") ? "['" + COMMUNITY + "','Group/ex-privilegedUsers']" : "['" + COMMUNITY + "']";
        ((ObjectNode) request.get("user"))
                .put(
                        "id",
                        "Practitioner/"
                                + user.toLowerCase(java.util.Locale.ROOT).replaceAll(".*/", ""))
                .set("groups", Simulated.json(organisation ? "[]" : groups));
        request.set("purposes", Simulated.array(request.textNode(purpose)));
        body.put("at", at);
        JsonNode answer = Simulated.answer(body);
        assertEquals(released, Simulated.released(answer));
        assertEquals(status, answer.get("call").get("status").intValue());
    }
}
