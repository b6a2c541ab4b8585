package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import phr.consent.Action;
import phr.fhir.facts.Confidentiality;

class NarrowerTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2027-06-01T00:00:00Z");
    private static final Grantee CLINIC = Grantee.of(Grantee.Kind.ORGANISATION, "Organization/clinic");
    private static final Elements ASKED = Elements.NONE
            .withGrantees(CLINIC)
            .withPurposes("TREAT")
            .withActions(Action.READ, Action.KEEP)
            .withSelectors(Selectors.of(Selector.ofCategories("lab", "medication")))
            .withLabels(LabelRule.max(Confidentiality.R, "MH"))
            .withDataPeriod(new Window(NOW.minusSeconds(1000), NOW))
            .withValidity(new Window(null, LATER));

    static Stream<Arguments> wider() {
        return Stream.of(
                Arguments.of("/grantees", ASKED.withGrantees(Grantee.ANY)),
                Arguments.of("/grantees", ASKED.withGrantees(new Grantee(CLINIC.kind(), CLINIC.id(), null, true))),
                Arguments.of("/purposes", ASKED.withPurposes("TREAT", "HRESCH")),
                Arguments.of("/purposes", ASKED.withPurposes("BTG")),
                Arguments.of("/actions", ASKED.withActions(Action.READ, Action.EXPORT)),
                Arguments.of("/selectors", ASKED.withSelectors(Selectors.ALL)),
                Arguments.of("/selectors", ASKED.withSelectors(Selectors.of(Selector.ofCategories("lab", "genetic")))),
                Arguments.of("/labels", ASKED.withLabels(LabelRule.ANY)),
                Arguments.of("/labels", ASKED.withLabels(LabelRule.max(Confidentiality.V, "MH"))),
                Arguments.of("/labels", ASKED.withLabels(LabelRule.max(Confidentiality.N, "HIV"))),
                Arguments.of("/countries", ASKED.withCountries("JP", "US")),
                Arguments.of("/dataPeriod", ASKED.withDataPeriod(Window.ANY)),
                Arguments.of("/dataPeriod", ASKED.withDataPeriod(new Window(null, NOW))),
                Arguments.of("/validity", ASKED.withValidity(Window.ANY)),
                Arguments.of("/validity", ASKED.withValidity(new Window(null, LATER.plusSeconds(1)))));
    }

    @ParameterizedTest
    @MethodSource("wider")
    void whatIsWiderIsLocated(String pointer, Elements wider) {
        assertEquals(List.of(pointer), places(Directive.permit("", ASKED), Directive.permit("", wider)));
    }

    @Test
    void lessOfEverythingStaysInside() {
        Elements less = ASKED.withPurposes("COC")
                .withActions(Action.READ)
                .withSelectors(Selectors.of(Selector.ofCategories("lab")))
                .withLabels(LabelRule.max(Confidentiality.N, "PSY"))
                .withDataPeriod(new Window(NOW.minusSeconds(10), NOW.minusSeconds(5)))
                .withValidity(new Window(NOW.plusSeconds(5), LATER.minusSeconds(5)));
        assertEquals(List.of(), places(Directive.permit("", ASKED), Directive.permit("", less)));
    }

    @Test
    void aStartInThePastIsNoMoreThanNow() {
        Directive today = Directive.permit("", ASKED.withValidity(new Window(NOW.minusSeconds(9), LATER)));
        assertEquals(List.of(), places(Directive.permit("", ASKED), today));
        Directive tomorrow = Directive.permit("", ASKED.withValidity(new Window(NOW.plusSeconds(9), LATER)));
        assertEquals(List.of("/validity"), places(tomorrow, today));
    }

    @Test
    void anExceptionMayBeAddedAndNotDropped() {
        Directive plain = Directive.permit("", ASKED);
        Directive without =
                Directive.permit("", ASKED, new ExceptionClause(Effect.DENY, Elements.NONE.withPurposes("ETREAT")));
        assertEquals(List.of(), places(plain, without));
        assertEquals(List.of("/exceptions"), places(without, plain));
    }

    @Test
    void aPromiseMayBeAddedAndNotDropped() {
        Directive plain = Directive.permit("", ASKED);
        Directive weekly = plain.withConditions(
                new Condition(Condition.Code.AGGREGATE_ONLY, "WEEK", Set.of("mean", "max"), null, null));
        Directive monthly =
                plain.withConditions(new Condition(Condition.Code.AGGREGATE_ONLY, "MONTH", Set.of("mean"), null, null));
        assertEquals(List.of(), places(plain, weekly));
        assertEquals(List.of(), places(weekly, monthly));
        assertEquals(List.of("/conditions"), places(monthly, weekly));
        assertEquals(List.of("/conditions"), places(weekly, plain));
    }

    @Test
    void aDenyIsNoNarrowerPermit() {
        assertEquals(
                "/effect",
                places(Directive.permit("", ASKED), Directive.deny("", ASKED)).get(0));
    }

    private static List<String> places(Directive wide, Directive narrow) {
        return Narrower.beyond(wide, narrow, NOW).stream()
                .map(issue -> issue.expressions().get(0))
                .toList();
    }
}
