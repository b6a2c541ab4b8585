package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import phr.consent.AccessRequest;
import phr.consent.Capacity;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Evaluation;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Referrers;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.State;
import phr.consent.engine.data.DataTests;
import phr.consent.trace.Explained;
import phr.consent.trace.Outcome;
import phr.consent.trace.Reason;
import phr.fhir.facts.Facts;

/** Laws over random policies, requests and resources. The seed is printed; {@code -Dphr.seed} repeats a run. */
class EngineLawsTest {

    private static final int POLICIES = 4_000;
    private static final int RESOURCES = 30;

    private final long seed = Long.getLong("phr.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomConsents consents = new RandomConsents(random);

    @BeforeEach
    void printSeed(TestReporter reporter) {
        reporter.publishEntry("phr.seed", Long.toString(seed));
        System.out.println("phr.seed=" + seed);
    }

    @Test
    void compileDecideAndExplainAgreeOnEveryResource() {
        int decisions = 0;
        int permitted = 0;
        for (int i = 0; i < POLICIES; i++) {
            List<Facts> resources = consents.resources(RESOURCES);
            Policy policy = consents.policy(1 + random.nextInt(8));
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision call = Engine.compile(request, policy, RandomConsents.NOW);
            Engine.Explainer explainer = Engine.explainer(request, policy, RandomConsents.NOW);
            for (Facts facts : resources) {
                Optional<Set<Obligation>> compiled = obligations(call, facts, referrers)
                        .or(() -> aggregate(call, facts, referrers))
                        .map(EngineLawsTest::foretold);
                assertEquals(compiled, explained(explainer.explain(facts, referrers)), this::where);
                decisions++;
                permitted += compiled.isPresent() ? 1 : 0;
            }
            Facts one = resources.get(random.nextInt(RESOURCES));
            assertEquals(obligations(call, one, referrers), decided(request, policy, one, referrers), this::where);
        }
        System.out.println("decisions=" + decisions + " permitted=" + permitted);
        assertTrue(decisions >= 100_000);
        assertTrue(permitted > decisions / 10, "the generator must also permit");
    }

    @Test
    void revokedNeverPermits() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(8);
            Policy policy = consents.policy(4);
            List<Directive> revoked = policy.directives().stream()
                    .map(directive -> directive.as(directive.id(), directive.version(), State.REVOKED))
                    .toList();
            Policy over = new Policy(policy.subject(), policy.epoch(), revoked, withoutOrders(policy));
            AccessRequest request = consents.request();
            Decision call = Engine.compile(request, over, RandomConsents.NOW);
            assertTrue(firstParty(request) || call instanceof Denial, this::where);
            for (Facts facts : resources) {
                assertTrue(
                        firstParty(request)
                                || decided(request, over, facts, Referrers.NONE).isEmpty(),
                        this::where);
            }
        }
    }

    @Test
    void addingADenyOpensNothing() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(12);
            Policy policy = consents.policy(4);
            Directive extra = denyWithoutPermit();
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision before = Engine.compile(request, policy, RandomConsents.NOW);
            Decision after = Engine.compile(request, with(policy, extra), RandomConsents.NOW);
            for (Facts facts : resources) {
                boolean opened = permits(after, facts, referrers) && !permits(before, facts, referrers);
                assertTrue(!opened, this::where);
            }
        }
    }

    @Test
    void twoPurposesPermitOnlyWhatEachPermits() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(12);
            Policy policy = consents.policy(5);
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision together = Engine.compile(request, policy, RandomConsents.NOW);
            for (Facts facts : resources) {
                boolean each = request.purposes().stream()
                        .map(purpose -> Engine.compile(only(request, purpose), policy, RandomConsents.NOW))
                        .allMatch(decision -> permits(decision, facts, referrers));
                if (permits(together, facts, referrers)) {
                    assertTrue(each, this::where);
                } else if (clinical(facts) && policy.circumstances().statutory().isEmpty()) {
                    // An order gives a call its data only when it orders every purpose of the call.
                    assertTrue(!each, this::where);
                }
            }
        }
    }

    @Test
    @DisplayName("§20 most recent consent wins over an older deny: the order of directives is irrelevant")
    void theOrderOfDirectivesIsIrrelevant() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(12);
            Policy policy = consents.policy(5);
            List<Directive> shuffled = new ArrayList<>(policy.directives());
            Collections.shuffle(shuffled, random);
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision one = Engine.compile(request, policy, RandomConsents.NOW);
            Decision other = Engine.compile(
                    request, new Policy(policy.subject(), 7, shuffled, policy.circumstances()), RandomConsents.NOW);
            for (Facts facts : resources) {
                assertEquals(obligations(one, facts, referrers), obligations(other, facts, referrers), this::where);
            }
        }
    }

    @Test
    void addingAPermitHidesNothing() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(12);
            Policy policy = consents.policy(4);
            Directive extra = permitWithoutDeny();
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision before = Engine.compile(request, policy, RandomConsents.NOW);
            Decision after = Engine.compile(request, with(policy, extra), RandomConsents.NOW);
            for (Facts facts : resources) {
                assertTrue(!permits(before, facts, referrers) || permits(after, facts, referrers), this::where);
            }
        }
    }

    @Test
    void aMissingInputNeverPermits() {
        for (int i = 0; i < POLICIES / 4; i++) {
            Policy policy = consents.policy(4);
            AccessRequest request = without(random.nextInt(6), consents.request());
            Decision call = Engine.compile(request, policy, RandomConsents.NOW);
            Denial denial = (Denial) call;
            assertEquals(Denial.Reason.INCOMPLETE, denial.reason(), this::where);
            Facts facts = consents.resources(1).get(0);
            assertTrue(decided(request, policy, facts, Referrers.NONE).isEmpty(), this::where);
        }
    }

    @Test
    @DisplayName("P-27 moving everything in time changes nothing")
    void movingEverythingInTimeChangesNothing() {
        Duration shift = Duration.ofDays(2_000 + random.nextInt(9_000)).plusSeconds(random.nextInt(86_400));
        for (int i = 0; i < POLICIES / 4; i++) {
            long same = random.nextLong();
            Moved now = moved(new RandomConsents(new Random(same)), RandomConsents.NOW);
            Instant later = RandomConsents.NOW.plus(shift);
            assertEquals(now, moved(new RandomConsents(new Random(same), later), later), this::where);
        }
    }

    @Test
    void nothingChangesBeforeValidUntil() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(12);
            Policy policy = consents.policy(4);
            AccessRequest request = consents.request();
            if (!(Engine.compile(request, policy, RandomConsents.NOW) instanceof Permit permit)) {
                continue;
            }
            long lasts =
                    Duration.between(RandomConsents.NOW, permit.validUntil()).toMillis();
            Instant then = RandomConsents.NOW.plusMillis((long) (random.nextDouble() * lasts));
            Decision later = Engine.compile(request, policy, then);
            Referrers referrers = Referrers.among(resources);
            for (Facts facts : resources) {
                assertEquals(obligations(permit, facts, referrers), obligations(later, facts, referrers), this::where);
            }
        }
    }

    private record Moved(List<Boolean> permitted, String reason) {}

    private static Moved moved(RandomConsents made, Instant now) {
        List<Facts> resources = made.resources(8);
        Policy policy = made.policy(4);
        Policy ageless = new Policy(
                policy.subject(),
                policy.epoch(),
                policy.directives(),
                policy.circumstances().withLife(null));
        Decision call = Engine.compile(made.request(), ageless, now);
        return new Moved(
                resources.stream()
                        .map(facts -> permits(call, facts, Referrers.among(resources)))
                        .toList(),
                call.fold(permit -> "", denial -> denial.reason().name()));
    }

    private static AccessRequest without(int input, AccessRequest all) {
        boolean acts = all.capacity() == Capacity.RECIPIENT;
        return new AccessRequest(
                input == 0 ? null : all.subject(),
                input == 1 ? null : all.app(),
                input == 2 ? null : all.user(),
                false,
                acts && input == 3 ? null : all.organisation(),
                all.roles(),
                input == 4 || !acts && input == 3 ? null : all.capacity(),
                input == 5 ? List.of() : all.purposes(),
                all.action(),
                all.groups(),
                all.relationships(),
                all.authority(),
                all.research());
    }

    private static Circumstances withoutOrders(Policy policy) {
        return policy.circumstances()
                .withStatutory(List.of())
                .withEmergencies(List.of())
                .withAuthorities(List.of());
    }

    private Directive permitWithoutDeny() {
        Directive directive = consents.directive("extra");
        while (directive.effect() == Effect.DENY
                || directive.exceptions().stream()
                        .anyMatch(exception -> !exception.effect().permits())) {
            directive = consents.directive("extra");
        }
        return directive;
    }

    private static boolean clinical(Facts facts) {
        return !DataTests.SUPPORTING.contains(facts.type()) && !facts.type().equals("Patient");
    }

    private Directive denyWithoutPermit() {
        Directive directive = consents.directive("extra");
        while (directive.effect() == Effect.PERMIT
                || directive.exceptions().stream()
                        .anyMatch(exception -> exception.effect().permits())) {
            directive = consents.directive("extra");
        }
        return directive;
    }

    private static Policy with(Policy policy, Directive extra) {
        List<Directive> more = new ArrayList<>(policy.directives());
        more.add(extra);
        return new Policy(policy.subject(), policy.epoch(), more, policy.circumstances());
    }

    private static AccessRequest only(AccessRequest request, String purpose) {
        return new AccessRequest(
                request.subject(),
                request.app(),
                request.user(),
                request.system(),
                request.organisation(),
                request.roles(),
                request.capacity(),
                List.of(purpose),
                request.action(),
                request.groups(),
                request.relationships(),
                request.authority(),
                request.research());
    }

    private static boolean firstParty(AccessRequest request) {
        return request.organisation() == null
                && request.app() != null
                && request.app().firstParty();
    }

    private static boolean permits(Decision call, Facts facts, Referrers referrers) {
        return obligations(call, facts, referrers).isPresent();
    }

    private static Optional<Set<Obligation>> obligations(Decision call, Facts facts, Referrers referrers) {
        return call.fold(
                permit -> permit.grantFor(facts, referrers).map(Grant::obligations), denial -> Optional.empty());
    }

    /** What only aggregates may be made of, compiled. */
    private static Optional<Set<Obligation>> aggregate(Decision call, Facts facts, Referrers referrers) {
        Evaluation evaluation = new Evaluation(referrers);
        return call.fold(
                permit -> permit.aggregates().stream()
                        .filter(grant -> evaluation.holds(grant.predicate(), facts))
                        .findFirst()
                        .map(Grant::obligations),
                denial -> Optional.empty());
    }

    private static Optional<Set<Obligation>> explained(Explained explained) {
        assertTrue(explained.reason() != Reason.INDETERMINATE, "the engine failed");
        return explained.outcome() == Outcome.PERMIT
                ? Optional.of(Set.copyOf(explained.obligations()))
                : Optional.empty();
    }

    private static Set<Obligation> foretold(Set<Obligation> obligations) {
        return obligations.stream()
                .filter(obligation -> !obligation.equals(Obligation.MASK_REFERENCES))
                .collect(Collectors.toSet());
    }

    private static Optional<Set<Obligation>> decided(
            AccessRequest request, Policy policy, Facts facts, Referrers referrers) {
        Decision decision = Engine.decide(request, policy, facts, referrers, RandomConsents.NOW);
        if (decision instanceof Permit permit) {
            return permit.grants().stream().findFirst().map(Grant::obligations);
        }
        assertTrue(((Denial) decision).reason() != Denial.Reason.INDETERMINATE, "the engine failed");
        return Optional.empty();
    }

    private String where() {
        return "seed " + seed;
    }
}
