package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.company;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Obligation;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selectors;
import phr.consent.lifecourse.Life;
import phr.consent.trace.Element;
import phr.consent.trace.Explained;
import phr.consent.trace.Sentence;
import phr.consent.trace.Sentences;
import phr.consent.trace.TraceStep;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;

/** What the trace says of every directive: the first element that fails, the rule, the sentence (consent-semantics.md §16.4). */
class TraceStepsTest {

    private static final Facts LAB = resource("Observation", "lab");

    private static final String PERMIT = "{'id':'d','effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':[{'category':['lab']}],"
            + "'labels':{'max':'N','sensitivities':[]}}";
    private static final String DENY =
            "{'id':'no','effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never','selectors':'ALL'}";

    private static String with(String directive, String more) {
        return directive.substring(0, directive.length() - 1) + "," + more + "}";
    }

    private static TraceStep step(Scene scene, Facts facts) {
        List<TraceStep> trace = scene.explain(facts).trace();
        return trace.get(trace.size() - 1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'id':'d'; 'id':'d','state':'REVOKED'; NOT_IN_FORCE STATE; CS-1",
                "'id':'d'; 'id':'d','phase':'AFTER_DEATH'; NOT_IN_FORCE PHASE; CS-11",
                "'id':'d'; 'id':'d','validity':{'end':'2026-05-31'}; NOT_IN_FORCE VALIDITY; CS-8",
                "TREAT; HRESCH; NO_MATCH PURPOSE; CS-7",
                "'id':'c'; 'id':'b'; NO_MATCH GRANTEE; CS-2",
                "'id':'d'; 'id':'d','countries':['US']; NO_MATCH COUNTRY; CS-6",
                "read; export; NO_MATCH ACTION; CS-6",
                "'lab'; 'medication'; NO_MATCH SELECTOR; CS-6",
                "'max':'N'; 'max':'M'; NO_MATCH LABELS; CS-7",
                "'id':'d'; 'id':'d','dataPeriod':{'end':'2026-02-28'}; NO_MATCH DATA_PERIOD; CS-8"
            })
    void theFirstElementThatFailsIsToldWithItsRule(String said, String instead, String expected, String rule) {
        Scene scene = new Scene().says(PERMIT.replace(said, instead));
        assertEquals(expected, scene.step("d@1", LAB));
        assertEquals("DEFAULT", scene.of(LAB));
        TraceStep step = step(scene, LAB);
        assertEquals(rule, step.rule());
        assertEquals(Sentences.failed(Element.valueOf(expected.split(" ")[1])), step.because());
        assertEquals(List.of(), step.covers());
    }

    static Stream<Arguments> unsaid() {
        Elements all = Elements.NONE
                .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, "c"))
                .withPurposes("TREAT")
                .withActions(Action.READ)
                .withSelectors(Selectors.ALL)
                .withLabels(LabelRule.ANY);
        return Stream.of(
                Arguments.of("NO_MATCH GRANTEE", without(all, "grantees")),
                Arguments.of("NO_MATCH PURPOSE", without(all, "purposes")),
                Arguments.of("NO_MATCH ACTION", without(all, "actions")),
                Arguments.of("NO_MATCH SELECTOR", without(all, "selectors")),
                Arguments.of("NO_MATCH LABELS", without(all, "labels")),
                Arguments.of("NO_MATCH PURPOSE", without(all, "grantees").withPurposes("HRESCH")));
    }

    private static Elements without(Elements all, String name) {
        return new Elements(
                name.equals("grantees") ? null : all.grantees(),
                name.equals("purposes") ? null : all.purposes(),
                name.equals("actions") ? null : all.actions(),
                name.equals("selectors") ? null : all.selectors(),
                name.equals("labels") ? null : all.labels(),
                null,
                null,
                null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsaid")
    void cs9APermitThatDoesNotSayWhatAPermitMustSayIsNone(String expected, Elements elements) {
        Scene scene = new Scene().says(Directive.permit("d", elements));
        assertEquals(expected, scene.step("d@1", LAB));
        assertEquals("DEFAULT", scene.of(LAB));
        assertEquals("DEFAULT", scene.refusal());
    }

    @Test
    void everyElementAndEveryResultHasItsOwnSentence() {
        Set<Sentence> sentences = new HashSet<>();
        int expected = 0;
        for (Element element : Element.values()) {
            sentences.add(Sentences.failed(element));
            expected++;
        }
        for (TraceStep.Result result :
                List.of(TraceStep.Result.PERMIT, TraceStep.Result.DENY, TraceStep.Result.LIFTED)) {
            sentences.add(Sentences.of(result, true));
            sentences.add(Sentences.of(result, false));
            expected += 2;
        }
        sentences.add(Sentences.of(TraceStep.Result.NEEDS_HUMAN, false));
        sentences.add(Sentences.UNLABELLED);
        assertEquals(expected + 2, sentences.size());
        assertEquals(
                expected + 2, sentences.stream().map(Sentence::ja).distinct().count());
        assertEquals(
                expected + 2, sentences.stream().map(Sentence::en).distinct().count());
        for (TraceStep.Result result : List.of(TraceStep.Result.PERMIT, TraceStep.Result.DENY)) {
            assertTrue(Sentences.of(result, true).en().contains("exception"));
            assertFalse(Sentences.of(result, false).en().contains("exception"));
        }
        assertTrue(Sentences.of(TraceStep.Result.LIFTED, true).en().contains("exception"));
        assertTrue(Sentences.of(TraceStep.Result.LIFTED, false).en().contains("emergency"));
        assertFalse(sentences.stream()
                .anyMatch(sentence -> sentence.ja().isBlank() || sentence.en().isBlank()));
    }

    @Test
    void aPermitNamesThePartiesItCovers() {
        Scene scene = new Scene().says(PERMIT).through("viewer", company("x", "retail"));
        TraceStep step = step(scene, LAB);
        assertEquals(TraceStep.Result.PERMIT, step.result());
        assertEquals(List.of("c"), step.covers());
        assertEquals("CS-6", step.rule());
        assertEquals(Sentences.of(TraceStep.Result.PERMIT, false), step.because());
        assertEquals("DEFAULT", scene.of(LAB), "the vendor is not covered");
    }

    @Test
    void aDenyIsCs5AndByItsExceptionCs6AndForWantOfLabelsCs7() {
        assertStep("DENY", null, "CS-5", false, DENY, LAB);
        String except = with(
                PERMIT,
                "'exceptions':[{'effect':'DENY','actions':['export']},"
                        + "{'effect':'DENY','selectors':[{'resourceType':['Observation']}]}]");
        assertStep("DENY", 1, "CS-6", true, except, LAB);
        Facts unlabelled = resource("Observation", "lab", Labels.UNLABELLED);
        Facts restricted = resource("Observation", "lab", labels(Confidentiality.R));
        String threshold = with(DENY, "'labels':{'min':'R'}");
        assertStep("DENY", null, "CS-5", false, threshold, restricted);
        TraceStep caught = step(new Scene().says(threshold), unlabelled);
        assertEquals("CS-7", caught.rule());
        assertEquals(Sentences.UNLABELLED, caught.because());
        String exception = with(
                PERMIT.replace("{'max':'N','sensitivities':[]}", "'ANY'"),
                "'exceptions':[{'effect':'DENY','labels':{'min':'R'}}]");
        assertEquals("CS-7", step(new Scene().says(exception), unlabelled).rule());
        assertEquals("CS-6", step(new Scene().says(exception), restricted).rule());
    }

    @Test
    void aLiftedDenyNamesTheExceptionAndAHumanIsCs15() {
        String lifted = with(DENY, "'exceptions':[{'effect':'PERMIT','selectors':[{'category':['lab']}]}]");
        assertStep("LIFTED", 0, "CS-6", true, lifted, LAB);
        Scene human = new Scene().says(PERMIT).given(Circumstances.NONE.withLife(new Life(null, false, List.of())));
        TraceStep step = step(human, LAB);
        assertEquals(TraceStep.Result.NEEDS_HUMAN, step.result());
        assertEquals("CS-15", step.rule());
        assertEquals(List.of("c"), step.covers());
        assertEquals(Sentences.of(TraceStep.Result.NEEDS_HUMAN, false), step.because());
    }

    private static void assertStep(
            String result,
            @Nullable Integer exception,
            String rule,
            boolean byException,
            String directive,
            Facts facts) {
        TraceStep step = step(new Scene().says(directive), facts);
        assertEquals(result, step.result().name());
        assertEquals(exception, step.exception());
        assertEquals(rule, step.rule());
        assertEquals(Sentences.of(step.result(), byException), step.because());
    }

    @Test
    void theReasonIsThatOfTheFirstPurposeWithTheStrictestOutcome() {
        Scene scene = new Scene().says(with(DENY, "'purposes':['HPAYMT']"));
        Explained one = scene.purpose("HPAYMT", "TREAT").explain(LAB);
        assertEquals("EXPLICIT", one.reason().name());
        assertEquals(List.of("no@1"), one.basis().directives());
        Explained other = scene.purpose("TREAT", "HPAYMT").explain(LAB);
        assertEquals("DEFAULT", other.reason().name());
        assertEquals(List.of(), other.basis().directives());
        assertEquals("NONE", other.basis().code());
        assertEquals(
                List.of("TREAT DEFAULT", "HPAYMT EXPLICIT"),
                other.purposes().stream()
                        .map(answer -> answer.purpose() + " " + answer.reason())
                        .toList());
    }

    @Test
    void aPermitNamesTheDirectivesThatWereUsedAndWhatIsPromised() {
        Scene scene = new Scene()
                .says(PERMIT, PERMIT.replace("'d'", "'e'").replace("TREAT", "HPAYMT"))
                .purpose("TREAT", "HPAYMT");
        Explained explained = scene.explain(LAB);
        assertEquals(List.of("d@1", "e@1"), explained.basis().directives());
        assertEquals("CONSENT", explained.basis().code());
        assertEquals(List.of(Obligation.KEEP_LABELS), explained.obligations());
    }

    @Test
    void withoutInputsNothingIsTracedAndThePersonNeedsNoTrace() {
        Explained incomplete = new Scene().says(PERMIT).as(Capacity.PROXY).explain(LAB);
        assertEquals("INCOMPLETE", incomplete.reason().name());
        assertEquals(List.of("app", "authority"), incomplete.missing());
        assertEquals(List.of(), incomplete.trace());
        assertEquals("NONE", incomplete.basis().code());
        Explained self = new Scene()
                .says(DENY)
                .as(Capacity.SELF)
                .throughPortal()
                .purpose("PATRQT", "PATRQT")
                .explain(LAB);
        assertEquals("SELF", self.reason().name());
        assertEquals("SELF", self.basis().code());
        assertEquals(List.of(), self.obligations());
        assertEquals(1, self.purposes().size());
        assertEquals(Scene.at("2026-06-01T10:15:00+09:00"), self.validUntil());
    }

    @Test
    void aDirectiveAboutSomebodyElseIsNotInForce() {
        TraceStep step = TraceStep.ofAnotherPerson("TREAT", "d@1");
        assertEquals(TraceStep.Result.NOT_IN_FORCE, step.result());
        assertEquals(Element.PERSON, step.failed());
        assertEquals("CS-1", step.rule());
        assertEquals(Sentences.failed(Element.PERSON), step.because());
    }
}
