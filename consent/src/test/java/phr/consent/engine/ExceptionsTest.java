package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.clinic;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.Action;
import phr.consent.Party;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Exceptions, consent-semantics.md §4.4, by the number of the rule. */
class ExceptionsTest {

    private static final Facts LAB = resource("Observation", "lab");
    private static final Facts STEPS = resource("Observation", "lifelog-activity");

    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ANY'}],'purposes':['TREAT'],"
            + "'actions':['read','export'],'selectors':'ALL','labels':'ANY','countries':['JP','US'],"
            + "'exceptions':[%s]}";
    private static final String DENY =
            "{'effect':'DENY','grantees':[%s],'emergency':'never','selectors':'ALL'," + "'exceptions':[%s]}";
    private static final String ANY = "{'kind':'ANY'}";
    private static final String CLINIC = "{'kind':'ORGANISATION','id':'c'}";

    private static Scene permit(String exceptions) {
        return new Scene().says(PERMIT.formatted(exceptions));
    }

    private static Scene deny(String exceptions) {
        return new Scene().says(DENY.formatted(ANY, exceptions));
    }

    private static Facts undated() {
        return resource("Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, DataTime.UNKNOWN);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'validity':{'end':'2026-06-01'}; EXPLICIT",
                "'validity':{'end':'2026-05-31'}; PERMIT",
                "'purposes':['TREAT']; EXPLICIT",
                "'purposes':['COC']; PERMIT",
                "'grantees':[{'kind':'ORGANISATION','id':'c'}]; EXPLICIT",
                "'grantees':[{'kind':'ORGANISATION','id':'b'}]; PERMIT",
                "'countries':['JP']; EXPLICIT",
                "'countries':['US']; PERMIT",
                "'actions':['read']; EXPLICIT",
                "'actions':['export']; PERMIT",
                "'selectors':[{'category':['lab']}]; EXPLICIT",
                "'selectors':[{'category':['dental']}]; PERMIT",
                "'labels':{'min':'N'}; EXPLICIT",
                "'labels':{'min':'R'}; PERMIT",
                "'dataPeriod':{'start':'2026-03-01'}; EXPLICIT",
                "'dataPeriod':{'start':'2026-03-02'}; PERMIT"
            })
    void r3ADenyExceptionOfAPermitReplacesItWhenAllItsElementsMatch(String element, String expected) {
        assertEquals(expected, permit("{'effect':'DENY'," + element + "}").of(LAB));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'validity':{'end':'2026-06-01'}; PERMIT",
                "'validity':{'end':'2026-05-31'}; EXPLICIT",
                "'purposes':['TREAT']; PERMIT",
                "'purposes':['COC']; EXPLICIT",
                "'grantees':[{'kind':'ORGANISATION','id':'c'}]; PERMIT",
                "'grantees':[{'kind':'ORGANISATION','id':'b'}]; EXPLICIT",
                "'countries':['JP']; PERMIT",
                "'countries':['US']; EXPLICIT",
                "'actions':['read']; PERMIT",
                "'actions':['export']; EXPLICIT",
                "'selectors':[{'category':['lab']}]; PERMIT",
                "'selectors':[{'category':['dental']}]; EXPLICIT",
                "'labels':{'max':'N','sensitivities':[]}; PERMIT",
                "'labels':{'max':'M','sensitivities':[]}; EXPLICIT",
                "'dataPeriod':{'start':'2026-03-01'}; PERMIT",
                "'dataPeriod':{'start':'2026-03-02'}; EXPLICIT"
            })
    void r3APermitExceptionLiftsADenyWhenAllItsElementsMatch(String element, String expected) {
        assertEquals(
                expected,
                permit("")
                        .says(DENY.formatted(ANY, "{'effect':'PERMIT'," + element + "}"))
                        .of(LAB));
    }

    @Test
    void r1AnExceptionIsTestedOnlyWhenTheBaseMatches() {
        String deny = "{'effect':'DENY','selectors':[{'category':['lab']}]}";
        Scene scene = permit("")
                .says(PERMIT.formatted(deny).replace("'selectors':'ALL'", "'selectors':[{'category':['dental']}]"));
        assertEquals("PERMIT", scene.of(LAB));
    }

    @Test
    void r2EveryPartIsReadByTheRulesOfItsOwnEffect() {
        String window = "'dataPeriod':{'start':'2026-01-01','end':'2026-12-31'}}";
        assertEquals("EXPLICIT", permit("{'effect':'DENY'," + window).of(undated()));
        assertEquals(
                "EXPLICIT",
                permit("")
                        .says(DENY.formatted(ANY, "{'effect':'PERMIT'," + window))
                        .of(undated()));
        Facts unlabelled = resource("Observation", "lab", Labels.UNLABELLED);
        assertEquals(
                "EXPLICIT", permit("{'effect':'DENY','labels':{'min':'R'}}").of(unlabelled));
        assertEquals(
                "EXPLICIT",
                permit("")
                        .says(DENY.formatted(ANY, "{'effect':'PERMIT','labels':{'max':'V','sensitivities':[]}}"))
                        .of(unlabelled));
    }

    @Test
    void r2APermitExceptionInheritsWhatItDoesNotSayButReadsItAsAPermit() {
        String deny = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never',"
                + "'selectors':[{'category':['lab']}],'dataPeriod':{'start':'2026'},"
                + "'exceptions':[{'effect':'PERMIT','purposes':['TREAT']}]}";
        assertEquals("PERMIT", permit("").says(deny).of(LAB));
        assertEquals("EXPLICIT", permit("").says(deny).of(undated()), "the inherited window does not contain it");
        Facts opaque = resource("Observation", Tokens.UNKNOWN, Labels.NORMAL, Scene.day("2026-03-01"));
        assertEquals("EXPLICIT", permit("").says(deny).of(opaque), "nor the inherited category");
    }

    @Test
    void r2ADenyExceptionCatchesAllBelowItsPurposeAndAPermitExceptionOnlyWhatAPermitCovers() {
        String clinicalTrial = PERMIT.replace("'TREAT'", "'TREAT','CLINTRL'");
        String treatment = "'purposes':['TREAT']}";
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .purpose("CLINTRL")
                        .says(clinicalTrial.formatted("{'effect':'DENY'," + treatment))
                        .of(LAB));
        assertEquals(
                "EXPLICIT",
                new Scene()
                        .purpose("CLINTRL")
                        .says(clinicalTrial.formatted(""), DENY.formatted(ANY, "{'effect':'PERMIT'," + treatment))
                        .of(LAB));
    }

    @Test
    void r3ADenyExceptionBeatsAPermitException() {
        String both = "{'effect':'PERMIT','selectors':[{'category':['lab','lifelog-activity']}]},"
                + "{'effect':'DENY','selectors':[{'category':['lab']}]}";
        Scene scene = permit("").says(DENY.formatted(ANY, both));
        assertEquals("EXPLICIT", scene.of(LAB));
        assertEquals("DENY", scene.step("d1@1", LAB));
        assertEquals("PERMIT", scene.of(STEPS));
    }

    @ParameterizedTest(name = "base {0}, exception {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'kind':'ANY'}; 'selectors':[{'category':['lab']}]; DEFAULT",
                "{'kind':'ANY'}; 'purposes':['TREAT']; DEFAULT",
                "{'kind':'ANY'}; 'grantees':[{'kind':'ORGANISATION','id':'c'}]; DEFAULT",
                "{'kind':'ANY'}; 'purposes':['TREAT'],'grantees':[{'kind':'ORGANISATION','id':'c'}]; PERMIT",
                "{'kind':'ANY'}; 'purposes':['TREAT'],'grantees':[{'kind':'ANY'}]; DEFAULT",
                "{'kind':'ORGANISATION','id':'c'}; 'purposes':['TREAT']; PERMIT",
                "{'kind':'ORGANISATION','id':'c'}; 'selectors':[{'category':['lab']}]; DEFAULT",
                "{'kind':'ANY'},{'kind':'ORGANISATION','id':'c'}; 'purposes':['TREAT']; PERMIT",
                "{'kind':'ANY'},{'kind':'ORGANISATION','id':'b'}; 'purposes':['TREAT']; DEFAULT"
            })
    void r6ALiftedDenyCountsAsAPermitOnlyWhenSomebodyAndAPurposeAreNamed(
            String grantees, String exception, String expected) {
        Scene scene = new Scene().says(DENY.formatted(grantees, "{'effect':'PERMIT'," + exception + "}"));
        assertEquals(expected, scene.of(LAB));
        assertEquals(expected.equals("PERMIT") ? "PERMIT" : "LIFTED", scene.step("d0@1", LAB));
    }

    @Test
    void r6ItCoversTheNamedGranteesAndNobodyElse() {
        Scene scene = deny("{'effect':'PERMIT','purposes':['TREAT'],'grantees':[" + CLINIC + "]}");
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("EXPLICIT", scene.by(clinic("b")).of(LAB));
        Scene vendor = deny("{'effect':'PERMIT','purposes':['TREAT'],'grantees':[" + CLINIC + "]}")
                .through("viewer", company("x", "retail"));
        assertEquals("DEFAULT", vendor.of(LAB));
    }

    @Test
    void r6ItCoversOnlyDataOfTheBaseThatNoDenyExceptionTakes() {
        String exceptions = "{'effect':'PERMIT','purposes':['TREAT'],'grantees':[" + CLINIC + "]},"
                + "{'effect':'DENY','labels':{'min':'R'}}";
        String deny = DENY.formatted(ANY, exceptions).replace("'ALL'", "[{'category':['lab']}]");
        Scene scene = new Scene().says(deny);
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("DEFAULT", scene.of(STEPS));
        assertEquals("EXPLICIT", scene.of(resource("Observation", "lab", labels(Confidentiality.R))));
    }

    @Test
    void r6ItNeedsItsCountryNamedLikeAnyPermit() {
        Party abroad = new Party("c", Set.of(), Set.of(), "US");
        String exception = "{'effect':'PERMIT','purposes':['TREAT'],'grantees':[" + CLINIC + "]%s}";
        assertEquals("DEFAULT", deny(exception.formatted("")).by(abroad).of(LAB));
        assertEquals(
                "PERMIT",
                deny(exception.formatted(",'countries':['US']")).by(abroad).of(LAB));
    }

    @Test
    void aSupportingResourceIsDeniedByAnExceptionThatNamesItsType() {
        Facts device = resource("Device", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN);
        Facts measured = resource(
                "Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, Scene.day("2026-01-01"), device.reference());
        String type = "'selectors':[{'resourceType':['Device']}]";
        assertEquals("PERMIT", permit("").among(device, measured).of(device));
        assertEquals(
                "EXPLICIT",
                permit("{'effect':'DENY'," + type + "}").among(device, measured).of(device));
        assertEquals(
                "PERMIT",
                permit("{'effect':'DENY','selectors':[{'category':['dental']}]}")
                        .among(device, measured)
                        .of(device),
                "a category does not name it");
        String narrow = PERMIT.formatted("{'effect':'DENY'," + type + "}")
                .replace("'selectors':'ALL'", "'selectors':[{'category':['lab']}]");
        assertEquals(
                "PERMIT",
                new Scene().says(narrow).among(device, measured).of(device),
                "the exception lies inside the base, which does not choose it");
        String lifted = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never'," + type
                + ",'exceptions':[{'effect':'PERMIT','actions':['read']}]}";
        Scene scene = permit("").says(lifted).among(device, measured);
        assertEquals("PERMIT", scene.of(device));
        assertEquals("LIFTED", scene.step("d1@1", device));
        assertEquals("EXPLICIT", scene.action(Action.EXPORT).of(device));
    }
}
