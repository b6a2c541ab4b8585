package phr.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** A permit, its grants in order, and what narrows it (consent-semantics.md §14.1, §16.1, §16.2). */
class PermitTest {

    private static final PersonId PERSON = new PersonId(new UUID(1, 1));
    private static final Instant UNTIL = Instant.parse("2026-06-01T00:00:00Z");

    private abstract static class Issuer extends PermitIssuer {

        static Permit of(AccessRequest request, List<Grant> grants, List<Grant> aggregates) {
            return issue(request, new Permit.Basis("CONSENT", List.of("d@1")), grants, aggregates, 7, UNTIL);
        }

        static Permit until(AccessRequest request, List<Grant> grants, long epoch, Instant until) {
            return issue(request, new Permit.Basis("CONSENT", List.of("d@1")), grants, epoch, until);
        }
    }

    private static AccessRequest request(@Nullable PersonId subject, @Nullable Action action) {
        return new AccessRequest(
                subject, null, "dr", false, null, Set.of(), Capacity.RECIPIENT, List.of("TREAT"), action);
    }

    private static Grant ofType(String type, Obligation... obligations) {
        return new Grant(new Predicate.In(Predicate.Scalar.TYPE, Set.of(type)), Set.of(obligations));
    }

    private static Facts facts(String type, String category) {
        return new Facts(
                type,
                new UUID(2, 2),
                null,
                null,
                null,
                Tokens.of(Set.of(category)),
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                DataTime.UNKNOWN);
    }

    @Test
    void theFirstGrantThatIsTrueGivesTheObligations() {
        Grant first = ofType("Observation", Obligation.NO_STORE);
        Grant second = new Grant(Predicate.ALWAYS, Set.of());
        Permit permit = Issuer.of(request(PERSON, Action.READ), List.of(first, second), List.of());
        assertEquals(
                first,
                permit.grantFor(facts("Observation", "lab"), Referrers.NONE).orElseThrow());
        assertEquals(
                second,
                permit.grantFor(facts("Condition", "lab"), Referrers.NONE).orElseThrow());
        Permit one = Issuer.of(request(PERSON, Action.READ), List.of(first), List.of());
        assertTrue(one.grantFor(facts("Condition", "lab"), Referrers.NONE).isEmpty());
    }

    @Test
    void twoPermitsTogetherReleaseWhatBothDoUnderTheObligationsOfBoth() {
        AccessRequest told = request(PERSON, Action.READ).doing(Action.SUBSCRIBE);
        Permit subscribe = Issuer.of(
                told,
                List.of(ofType("Observation", Obligation.NO_STORE), new Grant(Predicate.ALWAYS, Set.of())),
                List.of(new Grant(Predicate.ALWAYS, Set.of())));
        Permit read = Issuer.until(
                request(PERSON, Action.READ),
                List.of(ofType("Observation", Obligation.KEEP_LABELS)),
                7,
                UNTIL.minusSeconds(1));
        for (Permit both : List.of(subscribe.and(read), read.and(subscribe))) {
            Grant grant =
                    both.grantFor(facts("Observation", "lab"), Referrers.NONE).orElseThrow();
            assertEquals(Set.of(Obligation.NO_STORE, Obligation.KEEP_LABELS), grant.obligations());
            assertTrue(both.grantFor(facts("Condition", "lab"), Referrers.NONE).isEmpty());
            assertEquals(List.of(), both.aggregates());
            assertEquals(UNTIL.minusSeconds(1), both.validUntil());
            assertEquals(List.of("d@1"), both.basis().directives());
        }
        assertEquals(Action.SUBSCRIBE, subscribe.and(read).action());
        assertEquals(told, subscribe.and(read).request());
        Permit newer = Issuer.until(request(PERSON, Action.READ), List.of(), 8, UNTIL);
        assertThrows(StalePermitException.class, () -> subscribe.and(newer));
        Permit other = Issuer.until(request(new PersonId(new UUID(3, 3)), Action.READ), List.of(), 7, UNTIL);
        assertThrows(StalePermitException.class, () -> subscribe.and(other));
    }

    @Test
    void scopesNarrowRowsAndAggregatesAndNothingElse() {
        Permit permit = Issuer.of(
                request(PERSON, Action.READ),
                List.of(new Grant(Predicate.ALWAYS, Set.of(Obligation.NO_STORE))),
                List.of(new Grant(Predicate.ALWAYS, Set.of(Obligation.populationOnly(10)))));
        Predicate lab = new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, Set.of("lab"), false);
        Permit narrowed = permit.narrowedTo(lab);
        assertTrue(
                narrowed.grantFor(facts("Observation", "lab"), Referrers.NONE).isPresent());
        assertTrue(narrowed.grantFor(facts("Observation", "dental"), Referrers.NONE)
                .isEmpty());
        Evaluation evaluation = new Evaluation(Referrers.NONE);
        Grant aggregate = narrowed.aggregates().get(0);
        assertTrue(evaluation.holds(aggregate.predicate(), facts("Observation", "lab")));
        assertFalse(evaluation.holds(aggregate.predicate(), facts("Observation", "dental")));
        assertEquals(Set.of(Obligation.populationOnly(10)), aggregate.obligations());
        assertEquals(Set.of(Obligation.NO_STORE), narrowed.grants().get(0).obligations());
        assertEquals(PERSON, narrowed.subject());
        assertEquals(Action.READ, narrowed.action());
        assertEquals(7, narrowed.epoch());
        assertEquals(UNTIL, narrowed.validUntil());
        assertEquals(permit.basis(), narrowed.basis());
        assertEquals(request(PERSON, Action.READ), narrowed.request());
        assertEquals("yes", permit.fold(yes -> "yes", no -> "no"));
    }

    @Test
    void aPermitIsForOnePersonAndOneAction() {
        assertThrows(IllegalArgumentException.class, () -> Issuer.of(request(null, Action.READ), List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> Issuer.of(request(PERSON, null), List.of(), List.of()));
    }

    @Test
    void aGateThatDoesNotCountUsesRefusesWhatIsUsedUp() {
        Permit permit = Issuer.of(request(PERSON, Action.READ), List.of(), List.of());
        ConsentGate gate = request -> permit;
        assertEquals(permit, gate.decide(request(PERSON, Action.READ), Set.of()));
        Decision refused = gate.decide(request(PERSON, Action.READ), Set.of("d"));
        assertEquals("DEFAULT", refused.fold(yes -> "yes", no -> no.reason().name()));
    }

    @Test
    void obligationsAreToldInOneOrder() {
        List<Obligation> ordered = List.of(
                Obligation.redact(Set.of("Patient.address")),
                Obligation.redact(Set.of("Patient.name")),
                Obligation.aggregateOnly("DAY", Set.of("mean")),
                Obligation.aggregateOnly("WEEK", Set.of("max", "min")),
                Obligation.aggregateOnly("WEEK", Set.of("mean")),
                Obligation.populationOnly(10),
                Obligation.populationOnly(11),
                Obligation.KEEP_LABELS,
                Obligation.MASK_REFERENCES,
                Obligation.NO_ONWARD,
                Obligation.eraseBy(UNTIL),
                Obligation.eraseBy(UNTIL.plusSeconds(1)),
                Obligation.maxFrequency(1, "DAY", "a"),
                Obligation.maxFrequency(1, "DAY", "b"));
        List<Obligation> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);
        assertEquals(ordered, shuffled.stream().sorted().toList());
        assertEquals(ordered.size(), new TreeSet<>(ordered).size(), "only the same is equal");
        assertTrue(ordered.get(3).withoutRows() && ordered.get(5).withoutRows());
        assertFalse(ordered.get(0).withoutRows());
    }
}
