package phr.consent.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.consent.Denial;
import phr.consent.Obligation;
import phr.consent.Party;
import phr.consent.Referrers;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.fhir.facts.Facts;

/** Decides one resource directly, step by step as consent-semantics.md §3 reads; the compiler must agree with it. */
final class Interpreter {

    private final Call call;
    private final boolean recipient;
    private final List<Directive> inForce;
    private final Set<Obligation> alongside;
    private final Referrers referrers;

    /**
     * @param alongside obligations of what is released along with permitted data; empty when the call opens no rows
     */
    Interpreter(Call call, boolean recipient, List<Directive> inForce, Set<Obligation> alongside, Referrers referrers) {
        this.call = call;
        this.recipient = recipient;
        this.inForce = inForce;
        this.alongside = alongside;
        this.referrers = referrers;
    }

    /** What one resource gets: a reason to deny, or obligations. */
    record Answer(Optional<Denial.Reason> denial, Set<Obligation> obligations) {

        static Answer no(Denial.Reason reason) {
            return new Answer(Optional.of(reason), Set.of());
        }

        boolean permitted() {
            return denial.isEmpty();
        }
    }

    Answer decide(Facts facts) {
        if (DataTests.SUPPORTING.contains(facts.type())) {
            return supporting(facts);
        }
        Answer answer = clinical(facts);
        boolean redacted = facts.type().equals("Patient") && Law.delivers(call.action());
        if (answer.permitted() || !redacted || alongside.isEmpty()) {
            return answer;
        }
        Set<Obligation> obligations = new HashSet<>(Set.of(Obligation.REDACT_DEMOGRAPHICS));
        obligations.addAll(alongside);
        return new Answer(Optional.empty(), obligations);
    }

    private Answer clinical(Facts facts) {
        if (recipient && Law.consentRecord(facts)) {
            return Answer.no(Denial.Reason.LAW);
        }
        Set<Obligation> obligations = carried();
        for (String purpose : call.purposes()) {
            if (inForce.stream().anyMatch(directive -> denies(directive, purpose, facts))) {
                return Answer.no(Denial.Reason.EXPLICIT);
            }
            for (Party party : call.receivers()) {
                Optional<Coverage<Boolean>> first = Coverage.opening(coverages(purpose, party, facts)).stream()
                        .filter(Coverage::rows)
                        .findFirst();
                if (first.isEmpty()) {
                    return Answer.no(Denial.Reason.DEFAULT);
                }
                obligations.addAll(first.get().promises());
            }
        }
        return new Answer(Optional.empty(), obligations);
    }

    private Answer supporting(Facts facts) {
        if (supportingDenied(facts)) {
            return Answer.no(Denial.Reason.EXPLICIT);
        }
        boolean released = referrers.of(facts.reference()).stream().anyMatch(this::passesOn);
        return released ? new Answer(Optional.empty(), alongside) : Answer.no(Denial.Reason.DEFAULT);
    }

    /** A permitted resource releases what it refers to; a PractitionerRole released by one does so once more. */
    private boolean passesOn(Facts referrer) {
        if (!DataTests.SUPPORTING.contains(referrer.type())) {
            return clinical(referrer).permitted();
        }
        return referrer.type().equals("PractitionerRole")
                && !supportingDenied(referrer)
                && referrers.of(referrer.reference()).stream()
                        .anyMatch(first -> !DataTests.SUPPORTING.contains(first.type())
                                && clinical(first).permitted());
    }

    private boolean supportingDenied(Facts facts) {
        DataMatch match = new DataMatch(facts, referrers);
        return call.purposes().stream().anyMatch(purpose -> inForce.stream()
                .anyMatch(directive -> supportingDenied(directive, purpose, match)));
    }

    private boolean supportingDenied(Directive directive, String purpose, DataMatch match) {
        Elements base = directive.base();
        Clauses clauses = Clauses.of(directive, call, purpose);
        if (directive.effect().permits()) {
            return call.permitMatches(base, purpose)
                    && match.selected(base, Effect.PERMIT)
                    && clauses.denying().stream().anyMatch(match::deniesSupporting);
        }
        return call.matches(base, Effect.DENY, purpose) && match.deniesSupporting(base) && !lifted(clauses, match);
    }

    /** The effect of this directive on this resource is deny (§3, 4a). */
    private boolean denies(Directive directive, String purpose, Facts facts) {
        DataMatch match = new DataMatch(facts, referrers);
        Elements base = directive.base();
        Clauses clauses = Clauses.of(directive, call, purpose);
        if (directive.effect().permits()) {
            return call.permitMatches(base, purpose) && match.matches(base, Effect.PERMIT) && excepted(clauses, match);
        }
        return call.matches(base, Effect.DENY, purpose) && match.matches(base, Effect.DENY) && !lifted(clauses, match);
    }

    private static boolean excepted(Clauses clauses, DataMatch match) {
        return clauses.denying().stream().anyMatch(exception -> match.matches(exception, Effect.DENY));
    }

    private static boolean lifted(Clauses clauses, DataMatch match) {
        return !excepted(clauses, match)
                && clauses.permitting().stream().anyMatch(exception -> match.matches(exception, Effect.PERMIT));
    }

    /** Every permit that could cover the party, each with whether it covers this resource. */
    private List<Coverage<Boolean>> coverages(String purpose, Party party, Facts facts) {
        DataMatch match = new DataMatch(facts, referrers);
        List<Coverage<Boolean>> coverages = new ArrayList<>();
        for (Directive directive : inForce) {
            Elements base = directive.base();
            Clauses clauses = Clauses.of(directive, call, purpose);
            if (directive.effect().permits()) {
                if (call.permitMatches(base, purpose)
                        && Coverage.enforceable(directive)
                        && call.covers(base, purpose, party)) {
                    boolean rows = match.matches(base, Effect.PERMIT) && !excepted(clauses, match);
                    coverages.add(Coverage.of(directive, purpose, rows));
                }
            } else if (call.matches(base, Effect.DENY, purpose)) {
                boolean inside = match.matches(base, Effect.DENY) && !excepted(clauses, match);
                clauses.permitting().stream()
                        .filter(Clauses::countsAsPermit)
                        .filter(exception -> call.covers(Clauses.named(exception), purpose, party))
                        .forEach(exception -> coverages.add(
                                Coverage.of(directive, purpose, inside && match.matches(exception, Effect.PERMIT))));
            }
        }
        return coverages;
    }

    private static Set<Obligation> carried() {
        return new HashSet<>(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES));
    }
}
