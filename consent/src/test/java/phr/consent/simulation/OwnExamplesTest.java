package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The project's own examples (consent-semantics.md §19.3) through the stateless decision. */
class OwnExamplesTest {

    private static final String CLINIC = "'grantees':[{'kind':'ORGANISATION','id':'Organization/c'}],";
    private static final String READ = "'actions':['read'],";
    private static final String TREAT = "'purposes':['TREAT'],";
    private static final String ALL = "'selectors':'ALL',";
    private static final String PLAIN = "'labels':{'max':'N','sensitivities':[]}";
    private static final String STEPS = observation("55423-8", "N");
    private static final String SLEEP = observation("93832-4", "N");

    private final ObjectNode body = Simulated.object();

    @Test
    @DisplayName("§19.3 Wellness app; Same app, sleep")
    void wellnessApp() {
        directives("{'effect':'PERMIT','grantees':[{'kind':'APP','id':'w'}],'purposes':['wellness-coaching']," + READ
                + "'selectors':[{'category':['lifelog-activity']}]," + PLAIN + "}");
        wellness();
        assertEquals("PERMIT CONSENT", decide(STEPS));
        assertEquals("DENY DEFAULT", decide(SLEEP));
    }

    @Test
    @DisplayName("§19.3 Clinic with foreign viewer")
    void aForeignViewerIsAReceivingPartyOfItsOwn() {
        directives("{'effect':'PERMIT'," + CLINIC + TREAT + READ + ALL + PLAIN + "}");
        clinic("'app':{'id':'viewer','vendor':{'id':'Organization/x'}}", "TREAT");
        assertEquals("DENY DEFAULT", decide(STEPS));
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        assertEquals("PERMIT CONSENT", decide(STEPS));
    }

    @ParameterizedTest(name = "§19.3 HIV hidden{0}")
    @ValueSource(strings = {",'emergency':'never'", ""})
    void hivHiddenAlsoInAnEmergency(String emergency) {
        directives(
                "{'effect':'PERMIT'," + CLINIC + TREAT + READ + ALL + "'labels':'ANY'}",
                "{'effect':'DENY','grantees':[{'kind':'ANY'}],'labels':{'sensitivities':['HIV']}" + emergency + "}");
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        assertEquals("DENY EXPLICIT", decide(condition("R", "HIV")));
        assertEquals("PERMIT CONSENT", decide(condition("R", "MH")));
        body.set(
                "context",
                Simulated.json("{'emergencies':[{'kind':'BTG','openedAt':'2026-06-01T09:30:00+09:00',"
                        + "'closesAt':'2026-06-01T10:30:00+09:00','step':'FULL'}]}"));
        clinic("'app':{'id':'viewer','processor':true}", "BTG");
        assertEquals("DENY EXPLICIT", decide(condition("R", "HIV")));
        assertEquals("PERMIT EMERGENCY", decide(condition("R", "MH")));
    }

    @ParameterizedTest(name = "§19.3 Checkup window: {0} to {1} is {2}")
    @CsvSource({"2025-03-31,2025-03-31,PERMIT CONSENT", "2025-03-30,2025-04-01,DENY DEFAULT"})
    void checkupWindow(String start, String end, String expected) {
        directives("{'effect':'PERMIT'," + CLINIC + "'purposes':['health-guidance']," + READ
                + "'selectors':[{'category':['checkup-specific']}],'dataPeriod':{'start':'2024-04-01','end':'2025-03-31'},"
                + PLAIN + "}");
        clinic("'app':{'id':'viewer','processor':true}", "health-guidance");
        String period = start.equals(end)
                ? "'effectiveDateTime':'" + start + "'"
                : "'effectivePeriod':{'start':'" + start + "','end':'" + end + "'}";
        assertEquals(
                expected,
                decide("{'resourceType':'Observation','id':'k','subject':{'reference':'Patient/p'}," + period
                        + ",'meta':{'tag':[{'system':'https://phr-gateway.example/fhir/CodeSystem/phr-category',"
                        + "'code':'checkup-specific'}]," + security("N") + "}}"));
    }

    @Test
    @DisplayName("§19.3 Month precision")
    void monthPrecisionOverlaps() {
        directives(
                "{'effect':'PERMIT'," + CLINIC + TREAT + READ + ALL + "'labels':'ANY'}",
                "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never',"
                        + "'dataPeriod':{'start':'2023-03-15','end':'2023-03-20'}}");
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        String condition = condition("N", "").replace("'id'", "'onsetDateTime':'2023-03','id'");
        assertEquals("DENY EXPLICIT", decide(condition));
    }

    @ParameterizedTest(name = "§19.3 18th birthday 2026-05-10: {0} is {1}")
    @CsvSource({"2026-05-09T23:59:59+09:00,PERMIT CONSENT", "2026-05-10T00:00:00+09:00,DENY DEFAULT"})
    void eighteenthBirthday(String at, String expected) {
        directives("{'id':'g','effect':'PERMIT'," + CLINIC + "'purposes':['school-health']," + READ + ALL
                + "'labels':'ANY','grantor':{'capacity':'GUARDIAN','authority':'a1'}}");
        body.set(
                "context",
                Simulated.json("{'subject':{'reference':'Patient/p','birthDate':'2008-05-10','birthDateVerified':true},"
                        + "'authorities':[{'id':'a1','holder':'RelatedPerson/m','kind':'PARENT','state':'IN_FORCE',"
                        + "'scope':{'categories':'ALL','purposes':'ALL','actions':'ALL','mayGrant':true}}]}"));
        clinic("'app':{'id':'viewer','processor':true}", "school-health");
        body.put("at", at);
        assertEquals(expected, decide(STEPS));
        if (expected.startsWith("DENY")) {
            assertEquals("NOT_IN_FORCE LIFE_STAGE", Simulated.result(Simulated.answer(body), 0, "g@1"));
        }
    }

    @Test
    @DisplayName("§19.3 Claims under \"nothing sensitive\"")
    void claimsUnderNothingSensitive() {
        directives("{'effect':'PERMIT'," + CLINIC + TREAT + READ + ALL + PLAIN + "}");
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        assertEquals(
                "DENY DEFAULT",
                decide("{'resourceType':'ExplanationOfBenefit','id':'e','patient':{'reference':'Patient/p'},'meta':{"
                        + security("R") + "}}"));
    }

    @ParameterizedTest(name = "§19.3 Naming the reason covers its R: {0} {1} is {2}")
    @CsvSource({"R,HIV,PERMIT CONSENT", "R,HIV SUD,DENY DEFAULT", "V,HIV,DENY DEFAULT"})
    void namingTheReasonCoversItsR(String level, String codes, String expected) {
        directives("{'effect':'PERMIT'," + CLINIC + TREAT + READ
                + "'selectors':[{'category':['infection-sensitive']}],'labels':{'max':'N','sensitivities':['HIV']}}");
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        String tag = "'tag':[{'system':'https://phr-gateway.example/fhir/CodeSystem/phr-category',"
                + "'code':'infection-sensitive'}],";
        assertEquals(expected, decide(condition(level, codes).replace("'meta':{", "'meta':{" + tag)));
    }

    @Test
    @DisplayName("§19.3 Steps to nobody; Steps to one")
    void stepsToNobodyAndToOne() {
        String deny = "{'id':'d','effect':'DENY','grantees':[{'kind':'ANY'}],'selectors':'ALL','emergency':'never',"
                + "'exceptions':[{'effect':'PERMIT','selectors':[{'category':['lifelog-activity']}]}]}";
        directives(deny);
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        assertEquals("DENY DEFAULT", decide(STEPS));
        assertEquals("LIFTED", Simulated.result(Simulated.answer(body), 0, "d@1"));
        directives(
                deny,
                "{'effect':'PERMIT','grantees':[{'kind':'APP','id':'w'}],'purposes':['wellness-coaching']," + READ
                        + "'selectors':[{'category':['lifelog-activity']}]," + PLAIN + "}");
        wellness();
        assertEquals("PERMIT CONSENT", decide(STEPS));
        assertEquals("DENY EXPLICIT", decide(SLEEP));
    }

    @Test
    @DisplayName("§19.3 Doctor by name")
    void doctorByName() {
        directives("{'effect':'PERMIT','grantees':[{'kind':'PERSON','id':'Practitioner/dr'}]," + TREAT + READ + ALL
                + PLAIN + "}");
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        assertEquals("PERMIT CONSENT", decide(STEPS));
        clinic("'app':{'id':'viewer','vendor':{'id':'Organization/x'}}", "TREAT");
        assertEquals("DENY DEFAULT", decide(STEPS));
    }

    @Test
    @DisplayName("§19.3 Weekly steps for an insurer")
    void weeklyStepsForAnInsurerAreForTheAggregateOperationOnly() {
        directives("{'effect':'PERMIT'," + CLINIC + "'purposes':['insurance-wellness']," + READ
                + "'selectors':[{'category':['lifelog-activity']}]," + PLAIN
                + ",'conditions':[{'code':'AGGREGATE_ONLY','unit':'WEEK','functions':['mean']}]}");
        clinic("'app':{'id':'viewer','processor':true}", "insurance-wellness");
        assertEquals("PERMIT CONSENT", decide(STEPS));
        JsonNode obligations = Simulated.answer(body).get("decisions").get(0).get("obligations");
        assertEquals("AGGREGATE_ONLY", obligations.get(0).get("code").textValue());
        assertEquals("WEEK", obligations.get(0).get("unit").textValue());
        assertEquals("[\"mean\"]", obligations.get(0).get("functions").toString());
    }

    @Test
    @DisplayName("§19.3 Own data in a foreign app")
    void ownDataInAForeignApp() {
        directives();
        request("{'capacity':'SELF','app':{'id':'w','vendor':{'id':'Organization/v'}},'user':{'id':'Patient/p'},"
                + "'purposes':['PATRQT'],'action':'read'}");
        assertEquals("DENY DEFAULT", decide(STEPS));
        request("{'capacity':'SELF','app':{'id':'portal','firstParty':true},'user':{'id':'Patient/p'},"
                + "'purposes':['PATRQT'],'action':'read'}");
        assertEquals("PERMIT SELF", decide(STEPS));
    }

    @ParameterizedTest(name = "§19.3 Clinic visit: {0} is {1}")
    @CsvSource({"2026-06-02T09:11:59+09:00,PERMIT CONSENT", "2026-06-02T09:12:00+09:00,DENY DEFAULT"})
    void clinicVisit(String at, String expected) {
        directives("{'effect':'PERMIT'," + CLINIC + TREAT + READ + ALL + PLAIN
                + ",'validity':{'start':'2026-06-01T09:12:00+09:00','end':'2026-06-02T09:11:59+09:00'}}");
        clinic("'app':{'id':'viewer','processor':true}", "TREAT");
        body.put("at", at);
        assertEquals(expected, decide(STEPS));
    }

    private void directives(String... directives) {
        body.set("directives", Simulated.json("[" + String.join(",", directives) + "]"));
        if (!body.has("at")) {
            body.put("at", "2026-06-01T10:00:00+09:00");
        }
    }

    private void clinic(String app, String purpose) {
        request("{'capacity':'RECIPIENT'," + app
                + ",'organisation':{'id':'Organization/c','classes':['medical-institution']},"
                + "'user':{'id':'Practitioner/dr'},'roles':['emergency-physician'],'purposes':['" + purpose
                + "'],'action':'read'}");
    }

    private void wellness() {
        request("{'capacity':'RECIPIENT','app':{'id':'w','vendor':{'id':'Organization/v'}},"
                + "'organisation':{'id':'Organization/v','classes':['wellness']},'system':true,"
                + "'purposes':['wellness-coaching'],'action':'read'}");
    }

    private void request(String request) {
        body.set("request", Simulated.json(request));
    }

    private String decide(String resource) {
        JsonNode parsed = Simulated.json(resource);
        body.set("resources", Simulated.array(parsed));
        return Simulated.decision(Simulated.answer(body), 0);
    }

    private static String observation(String loinc, String level) {
        return "{'resourceType':'Observation','id':'s','subject':{'reference':'Patient/p'},"
                + "'effectiveDateTime':'2026-05-01T10:00:00+09:00',"
                + "'code':{'coding':[{'system':'http://loinc.org','code':'" + loinc + "'}]},'meta':{" + security(level)
                + "}}";
    }

    private static String condition(String level, String codes) {
        return "{'resourceType':'Condition','id':'b','subject':{'reference':'Patient/p'},'meta':{"
                + security(level + " " + codes) + "}}";
    }

    private static String security(String codes) {
        StringBuilder list = new StringBuilder("'security':[");
        for (String code : codes.strip().split(" ")) {
            String system = code.length() == 1 ? "v3-Confidentiality" : "v3-ActCode";
            list.append("{'system':'http://terminology.hl7.org/CodeSystem/" + system + "','code':'" + code + "'},");
        }
        list.setCharAt(list.length() - 1, ']');
        return list.toString();
    }
}
