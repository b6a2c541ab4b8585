package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.resource;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.Action;
import phr.consent.Obligation;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selectors;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Conditions become obligations, and which permit is used when several cover (consent-semantics.md §3, §16.2). */
class PromisesTest {

    private static final Facts LAB = resource("Observation", "lab");
    private static final Facts DENTAL = resource("Observation", "dental");

    private static final String PERMIT = "{'id':'%s','effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT','statistics','HPAYMT'],'actions':['read','contribute','correct'],"
            + "'selectors':%s,'labels':'ANY','conditions':[%s]}";
    private static final String NO_ONWARD = "{'code':'NO_ONWARD'}";
    private static final String NO_STORE = "{'code':'NO_STORE'}";
    private static final String MEANS = "{'code':'AGGREGATE_ONLY','unit':'WEEK','functions':['mean']}";

    private static String permit(String id, String conditions) {
        return PERMIT.formatted(id, "'ALL'", conditions);
    }

    private static Set<Obligation> promised(Scene scene, Facts facts) {
        Set<Obligation> promised = new HashSet<>(scene.obligations(facts));
        assertTrue(promised.removeAll(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES)));
        Set<Obligation> told = new HashSet<>(scene.explain(facts).obligations());
        assertTrue(told.remove(Obligation.KEEP_LABELS));
        assertEquals(promised, told);
        return promised;
    }

    @Test
    void everyConditionBecomesItsObligation() {
        assertEquals(Set.of(Obligation.NO_ONWARD), promised(new Scene().says(permit("a", NO_ONWARD)), LAB));
        assertEquals(Set.of(Obligation.NO_STORE), promised(new Scene().says(permit("a", NO_STORE)), LAB));
        assertEquals(
                Set.of(Obligation.eraseBy(Scene.at("2026-12-31T00:00:00+09:00"))),
                promised(new Scene().says(permit("a", "{'code':'ERASE_BY','instant':'2026-12-31'}")), LAB));
        assertEquals(
                Set.of(Obligation.maxFrequency(3, "DAY", "a")),
                promised(new Scene().says(permit("a", "{'code':'MAX_FREQUENCY','n':3,'unit':'DAY'}")), LAB));
    }

    @Test
    void whatIsUnreadableIsTheStrictest() {
        Elements base = Elements.NONE
                .withGrantees(Grantee.ANY)
                .withPurposes("TREAT")
                .withActions(Action.READ)
                .withSelectors(Selectors.ALL)
                .withLabels(LabelRule.ANY);
        Directive often = Directive.permit("a", base).withConditions(Condition.of(Condition.Code.MAX_FREQUENCY));
        assertEquals(Set.of(Obligation.maxFrequency(1, "MONTH", "a")), promised(new Scene().says(often), LAB));
        Directive erased = Directive.permit("a", base).withConditions(Condition.of(Condition.Code.ERASE_BY));
        assertEquals(Set.of(Obligation.eraseBy(Instant.EPOCH)), promised(new Scene().says(erased), LAB));
        Directive groups = Directive.permit("a", base).withConditions(Condition.of(Condition.Code.POPULATION_ONLY));
        assertTrue(aggregates(new Scene().says(groups)).contains(Obligation.populationOnly(10)));
    }

    private static Set<Obligation> aggregates(Scene scene) {
        assertEquals(List.of(), scene.permit().grants());
        assertEquals(1, scene.permit().aggregates().size(), "every way once");
        return scene.permit().aggregates().get(0).obligations();
    }

    @Test
    void onlyAggregatesLeaveWhereThePermitSaysSo() {
        Scene scene = new Scene().says(permit("a", MEANS));
        assertEquals("DEFAULT", scene.of(LAB));
        assertTrue(aggregates(scene).contains(Obligation.aggregateOnly("WEEK", Set.of("mean"))));
        assertEquals("CONSENT", scene.explain(LAB).reason().name());
        Scene groups = new Scene().says(permit("a", "{'code':'POPULATION_ONLY','k':20}"));
        assertEquals("DEFAULT", groups.of(LAB));
        assertTrue(aggregates(groups).contains(Obligation.populationOnly(20)));
    }

    @Test
    void statisticsAreAlwaysForGroups() {
        Scene scene = new Scene().says(permit("a", "")).purpose("statistics");
        assertEquals("DEFAULT", scene.of(LAB));
        assertTrue(aggregates(scene).contains(Obligation.populationOnly(Obligation.SMALLEST_GROUP)));
        Scene promised = new Scene().says(permit("a", NO_STORE)).purpose("statistics");
        assertTrue(aggregates(promised).contains(Obligation.populationOnly(Obligation.SMALLEST_GROUP)));
        Scene larger = new Scene()
                .says(permit("a", "{'code':'POPULATION_ONLY','k':50}"))
                .purpose("statistics");
        assertTrue(aggregates(larger).contains(Obligation.populationOnly(50)));
        assertTrue(!aggregates(larger).contains(Obligation.populationOnly(10)));
    }

    @Test
    void theFreestPermitIsUsedAndThenTheFirstId() {
        assertEquals(Set.of(), promised(new Scene().says(permit("a", NO_ONWARD), permit("b", "")), LAB));
        assertEquals(
                Set.of(Obligation.NO_STORE),
                promised(new Scene().says(permit("b", NO_ONWARD), permit("a", NO_STORE)), LAB));
        assertEquals(
                Set.of(Obligation.NO_ONWARD, Obligation.NO_STORE),
                promised(new Scene().says(permit("a", MEANS), permit("b", NO_ONWARD + "," + NO_STORE)), LAB),
                "aggregates last");
        assertEquals(
                List.of("b@1"),
                new Scene()
                        .says(permit("a", NO_ONWARD), permit("b", ""))
                        .explain(LAB)
                        .basis()
                        .directives());
    }

    @Test
    void eachRowHasThePromisesOfThePermitThatOpensIt() {
        Scene scene = new Scene().says(permit("a", NO_ONWARD), PERMIT.formatted("b", "[{'category':['dental']}]", ""));
        assertEquals(Set.of(Obligation.NO_ONWARD), promised(scene, LAB));
        assertEquals(Set.of(), promised(scene, DENTAL));
        Scene aggregated =
                new Scene().says(permit("a", MEANS), PERMIT.formatted("b", "[{'category':['dental']}]", NO_STORE));
        assertEquals("DEFAULT", aggregated.of(LAB));
        assertEquals(Set.of(Obligation.NO_STORE), promised(aggregated, DENTAL));
    }

    @Test
    void promisesOfAllPurposesAndPartiesAreKept() {
        String payment = permit("b", NO_STORE).replace("'TREAT','statistics',", "");
        String treatment = permit("a", NO_ONWARD).replace(",'statistics','HPAYMT'", "");
        assertEquals(
                Set.of(Obligation.NO_ONWARD, Obligation.NO_STORE),
                promised(new Scene().says(treatment, payment).purpose("TREAT", "HPAYMT"), LAB));
        String vendor = permit("v", NO_STORE).replace("'ORGANISATION','id':'c'", "'APP','id':'viewer'");
        assertEquals(
                Set.of(Obligation.NO_ONWARD, Obligation.NO_STORE),
                promised(new Scene().says(treatment, vendor).through("viewer", company("x", "retail")), LAB));
    }

    @Test
    void thePatientCarriesWhatTheFreestPermitPromisesAndSupportingOnesAllOfIt() {
        Facts patient = resource("Patient", "demographics");
        Facts device = resource("Device", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN);
        Facts measured = resource(
                "Observation", Tokens.of(Set.of("lab")), Labels.NORMAL, Scene.day("2026-01-01"), device.reference());
        Scene scene = new Scene()
                .says(
                        PERMIT.formatted("a", "[{'category':['lab']}]", NO_ONWARD),
                        PERMIT.formatted("b", "[{'category':['dental']}]", NO_ONWARD + "," + NO_STORE))
                .among(device, measured);
        assertEquals(Set.of(Obligation.NO_ONWARD, Obligation.REDACT_DEMOGRAPHICS), promised(scene, patient));
        assertEquals(Set.of(Obligation.NO_ONWARD, Obligation.NO_STORE), promised(scene, device));
        assertEquals("DEFAULT", new Scene().says(permit("a", MEANS)).of(patient));
    }

    @ParameterizedTest
    @CsvSource({"CONTRIBUTE", "CORRECT"})
    void writingReleasesNoPatient(Action action) {
        Facts patient = resource("Patient", "demographics");
        Scene scene = new Scene()
                .says(PERMIT.formatted("a", "[{'category':['lab']}]", ""))
                .action(action);
        assertEquals("PERMIT", scene.of(LAB));
        assertEquals("DEFAULT", scene.of(patient));
        assertEquals("PERMIT", scene.action(Action.READ).of(patient));
    }
}
