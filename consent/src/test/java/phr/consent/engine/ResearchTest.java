package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.Research;
import phr.fhir.facts.Facts;

/** Research permits in DUO terms, consent-semantics.md §7.3. */
class ResearchTest {

    private static final Facts LAB = resource("Observation", "lab");

    private static Scene permit(String terms) {
        return new Scene()
                .says("{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],'purposes':['HRESCH'],"
                        + "'actions':['read'],'selectors':'ALL','labels':'ANY',"
                        + "'conditions':[{'code':'RESEARCH','terms':" + terms + "}]}");
    }

    private static String asked(
            String terms, @Nullable String term, @Nullable String disease, Map<String, String> facts) {
        return permit(terms).research(new Research(term, disease, facts)).of(LAB);
    }

    @ParameterizedTest
    @CsvSource({
        "0000042, 0000011, PERMIT",
        "0000004, 0000007, PERMIT",
        "0000006, 0000006, PERMIT",
        "0000006, 0000007, PERMIT",
        "0000006, 0000042, DEFAULT",
        "0000006, 0000011, DEFAULT",
        "0000011, 0000011, PERMIT",
        "0000011, 0000006, DEFAULT",
        "0000007, 0000006, DEFAULT"
    })
    void oneTermCoversAnother(String granted, String asked, String expected) {
        assertEquals(expected, asked("{'" + granted + "':true}", asked, "x|y", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10|E11, PERMIT",
        "http://hl7.org/fhir/sid/icd-10|E11.9, PERMIT",
        "http://hl7.org/fhir/sid/icd-10|F32, DEFAULT",
        "http://snomed.info/sct|44054006, HUMAN"
    })
    void aDiseaseCoversWhatIsKnownToBeBelowIt(String asked, String expected) {
        assertEquals(expected, asked("{'0000007':'http://hl7.org/fhir/sid/icd-10|E11'}", "0000007", asked, Map.of()));
    }

    @Test
    void whatIsNotAnsweredNeedsAHuman() {
        assertEquals("HUMAN", asked("{'0000042':true}", null, null, Map.of()));
        assertEquals("HUMAN", permit("{'0000042':true}").purpose("HRESCH").of(LAB));
        assertEquals("HUMAN", asked("{'0000042':true,'0000046':true}", "0000042", null, Map.of()));
        assertEquals("HUMAN", asked("{'0000007':'a|b'}", "0000007", null, Map.of()));
    }

    @Test
    void aLimitAnsweredWithNoIsNotCovered() {
        String terms = "{'0000042':true,'0000046':true,'0000028':'Organization/u','0000029':true}";
        assertEquals("PERMIT", asked(terms, "0000042", null, Map.of("0000046", "true", "0000028", "Organization/u")));
        assertEquals("DEFAULT", asked(terms, "0000042", null, Map.of("0000046", "false", "0000028", "Organization/u")));
        assertEquals("DEFAULT", asked(terms, "0000042", null, Map.of("0000046", "true", "0000028", "Organization/v")));
    }

    @Test
    void termsBindResearchOnlyAndAPlainPermitDecidesAlone() {
        assertEquals("PERMIT", asked("{'0000029':true}", null, null, Map.of()));
        String mixed = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],'purposes':['HRESCH'],"
                + "'actions':['read'],'selectors':'ALL','labels':'ANY'}";
        assertEquals("PERMIT", new Scene().says(mixed).purpose("BIORCH").of(LAB));
    }
}
