package phr.consent.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Emergency;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Phase;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.fhir.Fhir;
import phr.fhir.facts.Confidentiality;

/** Written as Consent and read again, a directive says the same (consent-semantics.md §17). {@code -Dphr.seed} repeats a run. */
class ConsentRoundTripTest {

    private static final int CASES = 5_000;
    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final ImportTerms TERMS = new ImportTerms(List.of(), ImportTerms.Authorisation.NONE, true, NOW);
    private static final Particulars PARTICULARS =
            new Particulars("Patient/p", null, NOW, "Organization/phr", "https://example.org/policies/1");

    private final long seed = Long.getLong("phr.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void outAndInAgainIsTheSameRule() {
        System.out.println("phr.seed=" + seed);
        for (int i = 0; i < CASES; i++) {
            Directive directive = directive("d" + i);
            JsonNode consent = ConsentWriter.write(directive, PARTICULARS);
            assertEquals(List.of(), ConsentShape.check(consent, ""), this::where);
            Imported imported = ConsentReader.read(consent, "x", TERMS);
            assertEquals(1, imported.directives().size(), this::where);
            assertEquals(text(directive), text(imported.directives().get(0)), this::where);
            assertTrue(
                    imported.findings().stream().noneMatch(finding -> finding.effect() != Finding.Effect.NONE),
                    this::where);
        }
    }

    @Test
    void isAValidShapeOfR4() {
        for (int i = 0; i < 200; i++) {
            JsonNode consent = ConsentWriter.write(directive("d" + i), PARTICULARS);
            Consent parsed = Fhir.json().parseResource(Consent.class, consent.toString());
            assertEquals("Patient/p", parsed.getPatient().getReference(), this::where);
        }
    }

    private String where() {
        return "phr.seed=" + seed;
    }

    private static String text(Directive directive) {
        return DirectiveWriter.write(directive).toString();
    }

    private Directive directive(String id) {
        Effect effect = random.nextBoolean() ? Effect.PERMIT : Effect.DENY;
        boolean permits = effect.permits();
        List<ExceptionClause> exceptions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Effect own = random.nextInt(4) == 0 ? effect : permits ? Effect.DENY : Effect.PERMIT;
            Elements elements = elements(own, true);
            if (!elements.empty()) {
                exceptions.add(new ExceptionClause(own, elements));
            }
        }
        return new Directive(
                id,
                1 + random.nextInt(9),
                pick(State.ACTIVE, State.ACTIVE, State.REVOKED, State.FROZEN, State.SUSPENDED, State.PROPOSED),
                effect,
                maybe(() -> pick(Phase.values())),
                elements(effect, false),
                exceptions,
                permits ? conditions() : List.of(),
                permits ? null : pick(Emergency.values()),
                Grantor.SELF);
    }

    private Elements elements(Effect effect, boolean exception) {
        boolean permits = effect.permits();
        boolean whole = permits && !exception;
        return new Elements(
                whole || !exception ? grantees() : maybe(this::grantees),
                whole ? purposes(true) : maybe(() -> purposes(permits)),
                whole ? actions() : maybe(this::actions),
                whole ? selectors() : maybe(this::chosen),
                whole ? labels(true) : maybe(() -> threshold(permits)),
                maybe(() -> some("JP", "US", "FR")),
                maybe(this::window),
                maybe(this::window));
    }

    private Set<Grantee> grantees() {
        Set<Grantee> grantees = new HashSet<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            grantees.add(pick(
                    Grantee.of(Grantee.Kind.ORGANISATION, "Organization/clinic"),
                    Grantee.of(Grantee.Kind.ORGANISATION, "sakura-clinic"),
                    new Grantee(Grantee.Kind.ORGANISATION, "Organization/hospital", null, true),
                    Grantee.of(Grantee.Kind.ORGANISATION, "urn:oid:1.2|13"),
                    Grantee.of(Grantee.Kind.APP, "Device/app"),
                    Grantee.of(Grantee.Kind.PERSON, "Practitioner/dr"),
                    new Grantee(Grantee.Kind.ROLE, "physician", "Organization/clinic", false),
                    Grantee.of(Grantee.Kind.ROLE, "nurse"),
                    Grantee.of(Grantee.Kind.GROUP, "CareTeam/1"),
                    Grantee.of(Grantee.Kind.RELATIONSHIP, "spouse"),
                    Grantee.of(Grantee.Kind.CLASS, "pharmacy"),
                    Grantee.ANY));
        }
        return grantees;
    }

    private Set<String> purposes(boolean foreign) {
        return foreign ? some("TREAT", "HRESCH", "wellness-coaching", "x|y") : some("TREAT", "HMARKT", "statistics");
    }

    private Set<Action> actions() {
        Set<Action> actions = new HashSet<>(Set.of(pick(Action.values())));
        actions.add(pick(Action.values()));
        return actions;
    }

    private Selectors selectors() {
        return random.nextInt(3) == 0 ? Selectors.ALL : chosen();
    }

    private Selectors chosen() {
        List<Selector> list = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            list.add(selector());
        }
        return new Selectors(false, list);
    }

    private Selector selector() {
        Selector selector = Selector.NOTHING_SAID;
        while (selector.equals(Selector.NOTHING_SAID)) {
            selector = new Selector(
                    few("Observation", "Claim"),
                    few("http://loinc.org|60591-5", "x|letter"),
                    few("lab", "mental-health"),
                    few("http://loinc.org|718-7", "s|1"),
                    few("HIV", "z|q"),
                    few("Observation/1", "Condition/2"),
                    few("Practitioner/dr", "urn:x|1"),
                    few("urn:source"),
                    random.nextInt(4) > 0
                            ? List.of()
                            : List.of(new Selector.RelatedTo(pick(Selector.Meaning.values()), "Encounter/1")));
        }
        return selector;
    }

    private LabelRule labels(boolean any) {
        Confidentiality level = pick(Confidentiality.values());
        return any && random.nextInt(3) == 0
                ? LabelRule.ANY
                : random.nextBoolean()
                        ? LabelRule.maxAnySensitivity(level)
                        : new LabelRule(false, level, false, few("HIV", "MH", "z|q"));
    }

    private LabelRule threshold(boolean permits) {
        if (permits) {
            return labels(false);
        }
        Set<String> codes = few("HIV", "SUD", "z|q");
        Confidentiality min = codes.isEmpty() || random.nextBoolean() ? pick(Confidentiality.values()) : null;
        return new LabelRule(false, min, false, codes);
    }

    private Window window() {
        Instant from = NOW.plusSeconds(random.nextInt(1_000_000) * 60L);
        Instant day = Instant.parse("2026-03-31T15:00:00Z");
        return pick(
                new Window(from, null),
                new Window(null, from),
                new Window(day, day.plusSeconds(86_400L * (1 + random.nextInt(400)))),
                new Window(from, from.plusSeconds(1 + random.nextInt(5000))));
    }

    private List<Condition> conditions() {
        return pick(
                List.of(),
                List.of(),
                List.of(Condition.of(Condition.Code.NO_ONWARD), Condition.of(Condition.Code.NO_STORE)),
                List.of(new Condition(Condition.Code.AGGREGATE_ONLY, "WEEK", Set.of("mean", "max"), null, null)),
                List.of(new Condition(Condition.Code.POPULATION_ONLY, null, Set.of(), 20, null)),
                List.of(new Condition(Condition.Code.ERASE_BY, null, Set.of(), null, NOW)));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? value.get() : null;
    }

    private Set<String> some(String... values) {
        Set<String> some = new HashSet<>(Set.of(pick(values)));
        some.add(pick(values));
        return some;
    }

    private Set<String> few(String... values) {
        return random.nextInt(3) > 0 ? Set.of() : some(values);
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
