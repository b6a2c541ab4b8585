package phr.deploy.bench.jmh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Decision;
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
import phr.consent.engine.Engine;
import phr.consent.engine.Policy;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;

/** A person with 200 directives and 10,000 resources (targets of consent-semantics.md §15). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {

    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final Instant FIRST = Instant.parse("2016-06-01T00:00:00Z");
    private static final int DIRECTIVES = 200;
    private static final int RESOURCES = 10_000;

    /** Every directive names the clinic, or ten in two hundred do. */
    @Param({"1", "20"})
    public int organisations;

    private final Random random = new Random(20260601);
    private final List<String> categories =
            Arrays.stream(PhrCategory.values()).map(PhrCategory::code).toList();
    private final AccessRequest request = request();
    private final List<Facts> resources = new ArrayList<>();
    private Policy policy = new Policy(HeartRates.PERSON, 1, List.of());
    private List<Permit> permits = List.of();

    @Setup
    public void directivesAndResources() {
        List<Directive> directives = new ArrayList<>();
        for (int i = 0; i < DIRECTIVES; i++) {
            directives.add(directive(i, "o" + i % organisations));
        }
        for (int i = 0; i < RESOURCES; i++) {
            resources.add(facts());
        }
        policy = new Policy(HeartRates.PERSON, 1, directives);
        permits = List.of((Permit) compile());
    }

    /** Once a call: what its query may find. */
    @Benchmark
    public Decision compile() {
        return Engine.compile(request, policy, NOW);
    }

    /** Once a resource. */
    @Benchmark
    @OperationsPerInvocation(RESOURCES)
    public int decide() {
        Permit permit = permits.get(0);
        int permitted = 0;
        for (Facts facts : resources) {
            permitted += permit.grantFor(facts, Referrers.NONE).isPresent() ? 1 : 0;
        }
        return permitted;
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
                HeartRates.PERSON,
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
