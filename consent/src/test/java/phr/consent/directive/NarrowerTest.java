package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    private static final Selector ALL_FACETS = new Selector(
            Set.of("Observation"),
            Set.of("s|t"),
            Set.of("lab"),
            Set.of("s|c"),
            Set.of("MH"),
            Set.of("Observation/1"),
            Set.of("Practitioner/1"),
            Set.of("scale"),
            List.of(new Selector.RelatedTo(Selector.Meaning.RELATED, "Encounter/1")));

    @Test
    void everyFacetNarrowsAndWithoutItTheSelectorIsWider() {
        Selector none = Selector.NOTHING_SAID;
        List<Selector> single = List.of(
                none.withResourceTypes(ALL_FACETS.resourceTypes()),
                none.withDocumentTypes(ALL_FACETS.documentTypes()),
                none.withCategories(ALL_FACETS.categories()),
                none.withCodes(ALL_FACETS.codes()),
                none.withLabels(ALL_FACETS.labels()),
                none.withInstances(ALL_FACETS.instances()),
                none.withAuthors(ALL_FACETS.authors()),
                none.withRelatedTo(ALL_FACETS.relatedTo()));
        for (Selector wide : single) {
            assertEquals(List.of(), selecting(wide, wide));
            assertEquals(List.of(), selecting(wide, wide.withCategories(Set.of("lab"))));
            Selector elsewhere = wide.equals(single.get(0)) ? single.get(1) : single.get(0);
            assertEquals(List.of("/selectors"), selecting(wide, elsewhere), "without the facet");
        }
        Selector sources = source("scale");
        assertEquals(List.of(), selecting(sources, ALL_FACETS));
        assertEquals(List.of("/selectors"), selecting(sources, source("watch")));
        assertEquals(List.of("/selectors"), selecting(sources, single.get(0)));
    }

    private static Selector source(String id) {
        return new Selector(
                Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(id), List.of());
    }

    private static List<String> selecting(Selector wide, Selector narrow) {
        return places(
                Directive.permit("", ASKED.withSelectors(Selectors.of(wide))),
                Directive.permit("", ASKED.withSelectors(Selectors.of(narrow))));
    }

    @Test
    void originalsAreNotWonByTheWayOfChoosing() {
        Selector type = Selector.NOTHING_SAID.withResourceTypes(Set.of("Binary"));
        assertEquals(List.of("/selectors"), selecting(type, type.withCategories(Set.of("raw-file"))));
        assertEquals(List.of("/selectors"), selecting(type, type.withInstances(Set.of("Binary/1"))));
        Selector named = type.withInstances(Set.of("Binary/1"));
        assertEquals(List.of(), selecting(named, named));
        assertEquals(List.of(), selecting(type, named.withCategories(Set.of("lab"))));
        Selector raw = Selector.ofCategories("raw-file", "lab");
        assertEquals(List.of(), selecting(raw, Selector.ofCategories("raw-file")));
    }

    @Test
    void everythingIsWiderThanASelectorAndNotTheOtherWayRound() {
        Directive all = Directive.permit("", ASKED.withSelectors(Selectors.ALL));
        assertEquals(List.of(), places(all, all));
        assertEquals(List.of(), places(all, Directive.permit("", ASKED)));
    }

    @Test
    void whatIsNotSaidIsNotInside() {
        Directive said = Directive.permit("", ASKED);
        Directive nothing = Directive.permit("", Elements.NONE);
        List<String> places = List.of("/grantees", "/purposes", "/actions", "/selectors", "/labels");
        assertEquals(
                places, places(said, nothing).stream().filter(places::contains).toList());
        assertEquals(
                places, places(nothing, said).stream().filter(places::contains).toList());
    }

    @Test
    void japanAloneIsMeantWhereNoCountryIsNamed() {
        assertEquals(List.of(), places(Directive.permit("", ASKED), Directive.permit("", ASKED.withCountries("JP"))));
        assertEquals(
                List.of("/countries"),
                places(Directive.permit("", ASKED.withCountries("US")), Directive.permit("", ASKED)));
    }

    @Test
    void aRoleInOneOrganisationIsNarrowerThanTheRole() {
        Elements role = ASKED.withGrantees(Grantee.of(Grantee.Kind.ROLE, "nurse"));
        Elements here = ASKED.withGrantees(new Grantee(Grantee.Kind.ROLE, "nurse", "clinic", false));
        assertEquals(List.of(), places(Directive.permit("", role), Directive.permit("", here)));
        assertEquals(List.of("/grantees"), places(Directive.permit("", here), Directive.permit("", role)));
        assertEquals(List.of(), places(Directive.permit("", here), Directive.permit("", here)));
        Elements units = ASKED.withGrantees(new Grantee(CLINIC.kind(), CLINIC.id(), null, true));
        assertEquals(List.of(), places(Directive.permit("", units), Directive.permit("", ASKED)));
        Elements person = ASKED.withGrantees(Grantee.of(Grantee.Kind.PERSON, CLINIC.id()));
        assertEquals(List.of("/grantees"), places(Directive.permit("", ASKED), Directive.permit("", person)));
        Elements anybody = ASKED.withGrantees(Grantee.ANY);
        assertEquals(List.of(), places(Directive.permit("", anybody), Directive.permit("", person)));
    }

    static Stream<Arguments> ceilings() {
        return Stream.of(
                Arguments.of(LabelRule.ANY, LabelRule.max(Confidentiality.V, "HIV"), true),
                Arguments.of(LabelRule.ANY, LabelRule.ANY, true),
                Arguments.of(
                        LabelRule.maxAnySensitivity(Confidentiality.R), LabelRule.max(Confidentiality.R, "HIV"), true),
                Arguments.of(
                        LabelRule.maxAnySensitivity(Confidentiality.N), LabelRule.max(Confidentiality.N, "HIV"), false),
                Arguments.of(LabelRule.maxAnySensitivity(Confidentiality.N), LabelRule.max(Confidentiality.N), true),
                Arguments.of(
                        LabelRule.maxAnySensitivity(Confidentiality.N),
                        LabelRule.maxAnySensitivity(Confidentiality.M),
                        true),
                Arguments.of(
                        LabelRule.max(Confidentiality.N, "HIV"), LabelRule.maxAnySensitivity(Confidentiality.N), false),
                Arguments.of(LabelRule.max(Confidentiality.R, "ETH"), LabelRule.max(Confidentiality.R, "SUD"), true),
                Arguments.of(LabelRule.max(Confidentiality.R, "SUD"), LabelRule.max(Confidentiality.R, "ETH"), false),
                Arguments.of(LabelRule.min(null, "HIV"), LabelRule.max(Confidentiality.N), false),
                Arguments.of(LabelRule.max(Confidentiality.N), LabelRule.min(null, "HIV"), false));
    }

    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @MethodSource("ceilings")
    void aCeilingHoldsALowerOneAndTheReasonsItNames(LabelRule wide, LabelRule narrow, boolean inside) {
        assertEquals(
                inside ? List.of() : List.of("/labels"),
                places(Directive.permit("", ASKED.withLabels(wide)), Directive.permit("", ASKED.withLabels(narrow))));
    }

    @Test
    void anotherPhaseIsAnotherQuestionAndLifeIsMeantWhereNoneIsNamed() {
        Directive unsaid = Directive.permit("", ASKED);
        Directive life = in(Phase.LIFE);
        Directive wish = in(Phase.AFTER_DEATH);
        assertEquals(List.of("/phase"), places(unsaid, wish));
        assertEquals(List.of("/phase"), places(wish, unsaid));
        assertEquals(List.of("/phase"), places(life, wish));
        assertEquals(List.of(), places(unsaid, life));
        assertEquals(List.of(), places(life, unsaid));
        assertEquals(List.of(), places(wish, wish));
    }

    private static Directive in(Phase phase) {
        return new Directive(
                "", 1, State.ACTIVE, Effect.PERMIT, phase, ASKED, List.of(), List.of(), null, Grantor.SELF);
    }

    static Stream<Arguments> promises() {
        Instant instant = NOW.plusSeconds(5);
        return Stream.of(
                Arguments.of(Condition.of(Condition.Code.NO_STORE), Condition.of(Condition.Code.NO_STORE), true),
                Arguments.of(Condition.of(Condition.Code.NO_STORE), Condition.of(Condition.Code.NO_ONWARD), false),
                Arguments.of(population(20), population(20), true),
                Arguments.of(population(20), population(30), true),
                Arguments.of(population(20), population(19), false),
                Arguments.of(population(null), population(10), true),
                Arguments.of(population(null), population(9), false),
                Arguments.of(population(11), population(null), false),
                Arguments.of(aggregate("WEEK"), aggregate("WEEK"), true),
                Arguments.of(aggregate("WEEK"), aggregate("DAY"), false),
                Arguments.of(aggregate("DAY"), aggregate(null), false),
                Arguments.of(erased(instant), erased(instant), true),
                Arguments.of(erased(instant), erased(instant.plusSeconds(1)), false));
    }

    @ParameterizedTest(name = "{0} kept by {1}: {2}")
    @MethodSource("promises")
    void aPromiseIsKeptByTheSameOrAStricterOne(Condition promised, Condition kept, boolean keeps) {
        Directive wide = Directive.permit("", ASKED).withConditions(promised);
        Directive narrow = Directive.permit("", ASKED).withConditions(kept);
        assertEquals(keeps ? List.of() : List.of("/conditions"), places(wide, narrow));
    }

    private static Condition population(@Nullable Integer k) {
        return new Condition(Condition.Code.POPULATION_ONLY, null, Set.of(), k, null);
    }

    private static Condition aggregate(@Nullable String unit) {
        return new Condition(Condition.Code.AGGREGATE_ONLY, unit, Set.of("mean"), null, null);
    }

    private static Condition erased(Instant instant) {
        return new Condition(Condition.Code.ERASE_BY, null, Set.of(), null, instant);
    }

    @Test
    void aWindowIsInsideUpToItsOwnEnds() {
        Window year = new Window(NOW, LATER);
        assertEquals(List.of(), periods(year, year));
        assertEquals(List.of("/dataPeriod"), periods(year, new Window(NOW.minusNanos(1), LATER)));
        assertEquals(List.of("/dataPeriod"), periods(year, new Window(NOW, LATER.plusNanos(1))));
        assertEquals(List.of("/dataPeriod"), periods(year, new Window(NOW, null)));
        assertEquals(List.of(), periods(new Window(NOW, null), year));
        assertEquals(List.of(), periods(Window.ANY, year));
    }

    private static List<String> periods(Window wide, Window narrow) {
        return places(
                Directive.permit("", ASKED.withDataPeriod(wide)), Directive.permit("", ASKED.withDataPeriod(narrow)));
    }

    @Test
    void aPermitExceptionIsNoExceptionThatMustBeKept() {
        Directive plain = Directive.permit("", ASKED);
        Directive repeated =
                Directive.permit("", ASKED, new ExceptionClause(Effect.PERMIT, Elements.NONE.withPurposes("ETREAT")));
        assertEquals(List.of(), places(repeated, plain));
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
