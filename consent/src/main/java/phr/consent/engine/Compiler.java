package phr.consent.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import phr.consent.Denial;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Party;
import phr.consent.Predicate;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;

/** Folds the call-level half of a policy to true or false and leaves the rest as predicates (consent-semantics.md §14.1). */
final class Compiler {

    private final Call call;
    private final boolean recipient;
    private final List<Predicate> denies = new ArrayList<>();
    private final List<Predicate> supportingDenies = new ArrayList<>();
    private final List<List<Coverage<Predicate>>> slots = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();
    private Optional<Denial.Reason> refusal = Optional.empty();

    Compiler(Call call, boolean recipient) {
        this.call = call;
        this.recipient = recipient;
    }

    /** Takes in the directives in force. */
    void compile(List<Directive> inForce) {
        for (String purpose : call.purposes()) {
            int before = denies.size();
            List<List<Coverage<Predicate>>> parties = new ArrayList<>();
            call.receivers().forEach(party -> parties.add(new ArrayList<>()));
            inForce.forEach(directive -> take(directive, purpose, parties));
            if (denies.subList(before, denies.size()).contains(Predicate.ALWAYS)) {
                refuse(Denial.Reason.EXPLICIT);
            } else if (parties.stream().anyMatch(List::isEmpty)) {
                refuse(Denial.Reason.DEFAULT);
            }
            slots.addAll(parties);
            parties.forEach(party ->
                    party.forEach(coverage -> used.add(coverage.directive().key())));
        }
    }

    /** Why the call as a whole is refused: of the first refused purpose (§14). */
    Optional<Denial.Reason> refusal() {
        return refusal;
    }

    /** Directives {@code id@version} that allow something. */
    List<String> used() {
        return List.copyOf(used);
    }

    List<Grant> grants() {
        List<Opening> openings = openings();
        if (openings.isEmpty()) {
            return List.of();
        }
        Predicate permitted = Folding.all(
                Folding.not(new Predicate.In(Predicate.Scalar.TYPE, DataTests.SUPPORTING)),
                Folding.not(Folding.any(denies)),
                recipient ? Folding.not(Law.CONSENT_RECORDS) : Predicate.ALWAYS);
        List<Grant> grants = new ArrayList<>();
        openings.forEach(
                opening -> grants.add(new Grant(Folding.all(opening.rows(), permitted), with(opening.promises()))));
        Predicate any = Folding.any(grants.stream().map(Grant::predicate).toList());
        Set<Obligation> every = alongside();
        grants.add(new Grant(supporting(any), every));
        if (Law.delivers(call.action())) {
            every.add(Obligation.REDACT_DEMOGRAPHICS);
            grants.add(new Grant(new Predicate.In(Predicate.Scalar.TYPE, Set.of("Patient")), every));
        }
        return grants;
    }

    /** Obligations of what is released along with permitted data: all that any permit carries; empty when none opens rows. */
    Set<Obligation> alongside() {
        Set<Obligation> every = new HashSet<>();
        openings().forEach(opening -> every.addAll(with(opening.promises())));
        return every;
    }

    private void take(Directive directive, String purpose, List<List<Coverage<Predicate>>> parties) {
        if (directive.effect().permits()) {
            permit(directive, purpose, parties);
        } else {
            deny(directive, purpose, parties);
        }
    }

    private void permit(Directive directive, String purpose, List<List<Coverage<Predicate>>> parties) {
        Elements base = directive.base();
        if (!call.permitMatches(base, purpose)) {
            return;
        }
        Clauses clauses = Clauses.of(directive, call, purpose);
        Predicate rows = DataTests.of(base, Effect.PERMIT);
        Predicate excepted = any(clauses.denying(), Effect.DENY);
        add(
                Folding.all(rows, excepted),
                Folding.all(
                        DataTests.selectors(base.selectors(), Effect.PERMIT),
                        anySupporting(clauses.denying(), Effect.DENY)));
        if (Coverage.enforceable(directive)) {
            cover(directive, base, purpose, Folding.all(rows, Folding.not(excepted)), parties);
        }
    }

    private void deny(Directive directive, String purpose, List<List<Coverage<Predicate>>> parties) {
        Elements base = directive.base();
        if (!call.matches(base, Effect.DENY, purpose)) {
            return;
        }
        Clauses clauses = Clauses.of(directive, call, purpose);
        Predicate rows = DataTests.of(base, Effect.DENY);
        Predicate kept = Folding.not(any(clauses.denying(), Effect.DENY));
        Predicate lifted = Folding.all(any(clauses.permitting(), Effect.PERMIT), kept);
        add(
                Folding.all(rows, Folding.not(lifted)),
                Folding.all(DataTests.supporting(base, Effect.DENY), Folding.not(lifted)));
        clauses.permitting().stream()
                .filter(Clauses::countsAsPermit)
                .forEach(exception -> cover(
                        directive,
                        Clauses.named(exception),
                        purpose,
                        Folding.all(rows, DataTests.of(exception, Effect.PERMIT), kept),
                        parties));
    }

    private void add(Predicate deny, Predicate supportingDeny) {
        denies.add(deny);
        supportingDenies.add(supportingDeny);
    }

    private void cover(
            Directive directive,
            Elements elements,
            String purpose,
            Predicate rows,
            List<List<Coverage<Predicate>>> parties) {
        List<Party> receivers = call.receivers();
        for (int i = 0; i < receivers.size(); i++) {
            if (!rows.equals(Predicate.NEVER) && call.covers(elements, purpose, receivers.get(i))) {
                parties.get(i).add(Coverage.of(directive, purpose, rows));
            }
        }
    }

    private static Predicate any(List<Elements> exceptions, Effect effect) {
        return Folding.any(exceptions.stream()
                .map(elements -> DataTests.of(elements, effect))
                .toList());
    }

    private static Predicate anySupporting(List<Elements> exceptions, Effect effect) {
        return Folding.any(exceptions.stream()
                .map(elements -> DataTests.supporting(elements, effect))
                .toList());
    }

    private Predicate supporting(Predicate permitted) {
        Predicate shown = Folding.all(
                new Predicate.In(Predicate.Scalar.TYPE, DataTests.SUPPORTING),
                Folding.not(Folding.any(supportingDenies)));
        Predicate role = Folding.all(
                new Predicate.In(Predicate.Scalar.TYPE, Set.of("PractitionerRole")),
                Folding.not(Folding.any(supportingDenies)),
                new Predicate.ReferredToBy(permitted));
        return Folding.all(shown, new Predicate.ReferredToBy(Folding.any(permitted, role)));
    }

    private static Set<Obligation> with(Set<Obligation> promises) {
        Set<Obligation> obligations = new HashSet<>(Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES));
        obligations.addAll(promises);
        return obligations;
    }

    private void refuse(Denial.Reason reason) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(reason);
        }
    }

    /** A choice of one run of equal permits per purpose and party. */
    private record Opening(Predicate rows, Set<Obligation> promises) {}

    /** In lexicographic order, so that the first that is true uses the first permit of every purpose and party (§3). */
    private List<Opening> openings() {
        List<Opening> openings = List.of(new Opening(Predicate.ALWAYS, Set.of()));
        for (List<Coverage<Predicate>> slot : slots) {
            List<Opening> runs = runs(Coverage.opening(slot));
            openings = openings.stream()
                    .flatMap(head -> runs.stream().map(run -> join(head, run)))
                    .toList();
        }
        return openings;
    }

    private static List<Opening> runs(List<Coverage<Predicate>> coverages) {
        List<Opening> runs = new ArrayList<>();
        for (Coverage<Predicate> coverage : coverages) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).promises().equals(coverage.promises())) {
                runs.set(last, new Opening(Folding.any(runs.get(last).rows(), coverage.rows()), coverage.promises()));
            } else {
                runs.add(new Opening(coverage.rows(), coverage.promises()));
            }
        }
        return runs;
    }

    private static Opening join(Opening head, Opening run) {
        Set<Obligation> promises = new HashSet<>();
        promises.addAll(head.promises());
        promises.addAll(run.promises());
        return new Opening(Folding.all(head.rows(), run.rows()), promises);
    }
}
