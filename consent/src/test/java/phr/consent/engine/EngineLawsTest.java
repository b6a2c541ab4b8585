package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import phr.consent.AccessRequest;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Referrers;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.State;
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
    void compileAndDecideAgreeOnEveryResource() {
        int decisions = 0;
        int permitted = 0;
        for (int i = 0; i < POLICIES; i++) {
            List<Facts> resources = consents.resources(RESOURCES);
            Policy policy = consents.policy(1 + random.nextInt(8));
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision call = Engine.compile(request, policy, RandomConsents.NOW);
            for (Facts facts : resources) {
                Optional<Set<Obligation>> compiled = obligations(call, facts, referrers);
                assertEquals(compiled, decided(request, policy, facts, referrers), this::where);
                decisions++;
                permitted += compiled.isPresent() ? 1 : 0;
            }
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
            Policy over = new Policy(policy.subject(), policy.epoch(), revoked);
            AccessRequest request = consents.request();
            Decision call = Engine.compile(request, over, RandomConsents.NOW);
            assertTrue(firstParty(request) || call instanceof Denial, this::where);
            assertEquals(
                    resources.size(),
                    resources.stream().map(Facts::id).distinct().count());
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
                } else if (clinical(facts)) {
                    assertTrue(!each, this::where);
                }
            }
        }
    }

    @Test
    void theOrderOfDirectivesIsIrrelevant() {
        for (int i = 0; i < POLICIES / 4; i++) {
            List<Facts> resources = consents.resources(12);
            Policy policy = consents.policy(5);
            List<Directive> shuffled = new ArrayList<>(policy.directives());
            Collections.shuffle(shuffled, random);
            AccessRequest request = consents.request();
            Referrers referrers = Referrers.among(resources);
            Decision one = Engine.compile(request, policy, RandomConsents.NOW);
            Decision other = Engine.compile(request, new Policy(policy.subject(), 7, shuffled), RandomConsents.NOW);
            for (Facts facts : resources) {
                assertEquals(obligations(one, facts, referrers), obligations(other, facts, referrers), this::where);
            }
        }
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
        return new Policy(policy.subject(), policy.epoch(), more);
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
                request.relationships());
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

    private static Optional<Set<Obligation>> decided(
            AccessRequest request, Policy policy, Facts facts, Referrers referrers) {
        Decision decision = Engine.decide(request, policy, facts, referrers, RandomConsents.NOW);
        if (decision instanceof Permit permit) {
            return Optional.of(permit.grants().get(0).obligations());
        }
        assertTrue(((Denial) decision).reason() != Denial.Reason.INDETERMINATE, "the engine failed");
        return Optional.empty();
    }

    private String where() {
        return "seed " + seed;
    }
}
