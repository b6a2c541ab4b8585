package phr.consent.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.Referrers;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;

/**
 * A person with 200 directives and 10,000 resources (targets of consent-semantics.md §15). Not in the default build: {@code mvn -pl
 * consent -am -Pbench test}.
 */
class DecisionBench {

    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final Instant FIRST = Instant.parse("2016-06-01T00:00:00Z");
    private static final int DIRECTIVES = 200;
    private static final int RESOURCES = 10_000;
    private static final int ROUNDS = 30;

    private final Random random = new Random(20260601);
    private final List<String> categories =
            Arrays.stream(PhrCategory.values()).map(PhrCategory::code).toList();

    @Test
    void manyToOneClinic() {
        measure("every directive names the clinic", 1);
    }

    @Test
    void manyToTwentyOrganisations() {
        measure("ten directives in two hundred name the clinic", 20);
    }

    private void measure(String name, int organisations) {
        List<Directive> directives = new ArrayList<>();
        for (int i = 0; i < DIRECTIVES; i++) {
            directives.add(directive(i, "o" + i % organisations));
        }
        Policy policy = new Policy(RandomConsents.PERSON, 1, directives);
        AccessRequest request = request();
        List<Facts> resources = new ArrayList<>();
        for (int i = 0; i < RESOURCES; i++) {
            resources.add(facts());
        }
        long[] compiles = new long[2_000];
        for (int i = 0; i < compiles.length; i++) {
            long start = System.nanoTime();
            Engine.compile(request, policy, NOW);
            compiles[i] = System.nanoTime() - start;
        }
        Permit permit = (Permit) Engine.compile(request, policy, NOW);
        long[] decisions = new long[RESOURCES * ROUNDS];
        int permitted = 0;
        for (int i = 0; i < decisions.length; i++) {
            Facts facts = resources.get(i % RESOURCES);
            long start = System.nanoTime();
            permitted += permit.grantFor(facts, Referrers.NONE).isPresent() ? 1 : 0;
            decisions[i] = System.nanoTime() - start;
        }
        print(name + ": compile", Arrays.copyOfRange(compiles, compiles.length / 2, compiles.length));
        print(name + ": decide", Arrays.copyOfRange(decisions, decisions.length / 2, decisions.length));
        System.out.printf(Locale.ROOT, "%s: %d %% permitted%n", name, 100L * permitted / decisions.length);
    }

    private static void print(String name, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f us, p99 %.2f us%n",
                name,
                nanos[nanos.length / 2] / 1_000.0,
                nanos[nanos.length * 99 / 100] / 1_000.0);
    }

    private Directive directive(int number, String organisation) {
        Elements elements = Elements.NONE
                .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, organisation))
                .withPurposes("TREAT")
                .withActions(Action.READ)
                .withSelectors(Selectors.of(Selector.ofCategories(category()), Selector.ofCategories(category())));
        Instant from = FIRST.plusSeconds(random.nextInt(300_000_000));
        Window period = number % 3 == 0 ? Window.ANY : new Window(from, from.plusSeconds(50_000_000));
        boolean deny = number % 5 == 4;
        elements = elements.withDataPeriod(deny ? new Window(from, from.plusSeconds(2_000_000)) : period)
                .withLabels(
                        deny
                                ? LabelRule.min(Confidentiality.R)
                                : LabelRule.max(Confidentiality.N, number % 2 == 0 ? "MH" : "HIV"));
        return deny ? Directive.deny("d" + number, elements) : Directive.permit("d" + number, elements);
    }

    private Facts facts() {
        Instant at = FIRST.plusSeconds(random.nextInt(310_000_000));
        boolean restricted = random.nextInt(10) == 0;
        return new Facts(
                "Observation",
                new UUID(random.nextLong(), random.nextLong()),
                null,
                "source",
                null,
                Tokens.of(Set.of(category())),
                Tokens.of(Set.of("http://loinc.org|" + random.nextInt(500))),
                Tokens.ABSENT,
                Set.of(),
                restricted ? new Labels(true, Confidentiality.R, Set.of("MH")) : Labels.NORMAL,
                DataTime.between(at, at.plusSeconds(1)));
    }

    private String category() {
        return categories.get(random.nextInt(categories.size()));
    }

    private static AccessRequest request() {
        Party clinic = new Party("o0", Set.of(), Set.of("medical-institution"), "JP");
        return new AccessRequest(
                RandomConsents.PERSON,
                new ClientApp("viewer", false, true, null),
                "dr",
                false,
                clinic,
                Set.of(),
                Capacity.RECIPIENT,
                List.of("TREAT"),
                Action.READ);
    }
}
