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
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.emergency.EmergencyData;
import phr.consent.engine.data.DataTests;
import phr.consent.engine.data.Folding;

/** Folds the call-level half of a policy to true or false and leaves the rest as predicates (consent-semantics.md §14.1). */
final class Compiler {

    private final Call call;
    private final List<StatutoryRule> statutory;
    private final List<Predicate> denies = new ArrayList<>();
    private final List<Predicate> supportingDenies = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();
    private final List<Denial.Reason> refusals = new ArrayList<>();
    private List<Opening> openings = List.of(Opening.EVERYTHING);
    private boolean emergency;
    private final List<Opening> ways;

    Compiler(Call call) {
        this.call = call;
        this.statutory = call.statutory();
        for (String purpose : call.purposes()) {
            compile(purpose);
        }
        if (call.operator()) {
            refusals.add(Denial.Reason.DEFAULT);
        } else if (call.proxy() && !call.authorised()) {
            refusals.add(Denial.Reason.AUTHORITY);
        }
        this.ways = ways();
    }

    /** Why the call as a whole is refused: of the first refused purpose, a human's judgement last (§14). */
    Optional<Denial.Reason> refusal() {
        if (!statutory.isEmpty() || refusals.isEmpty()) {
            return Optional.empty();
        }
        return refusals.stream()
                .filter(reason -> reason != Denial.Reason.HUMAN)
                .findFirst()
                .or(() -> Optional.of(Denial.Reason.HUMAN));
    }

    /** On what a permitted call rests. */
    Permit.Basis basis() {
        Optional<String> authority = call.authority().map(held -> held.id());
        if (!refusals.isEmpty()) {
            return new Permit.Basis(
                    "STATUTORY", List.of(), null, statutory.get(0).order());
        }
        String code = authority.isPresent() ? "AUTHORITY" : emergency && used.isEmpty() ? "APPI27-1-2" : "CONSENT";
        return new Permit.Basis(code, List.copyOf(used), authority.orElse(null), null);
    }

    List<Grant> grants() {
        if (ways.isEmpty()) {
            return List.of();
        }
        Predicate clinical = clinical();
        List<Grant> grants = new ArrayList<>();
        ways.forEach(way -> grants.add(new Grant(Folding.all(clinical, way.rows()), carried(way.promises()))));
        Predicate any = Folding.any(grants.stream().map(Grant::predicate).toList());
        grants.add(new Grant(supporting(any), alongside()));
        if (Law.delivers(call.action())) {
            grants.add(new Grant(new Predicate.In(Predicate.Scalar.TYPE, Set.of("Patient")), onPatient()));
        }
        return grants;
    }

    /** What only aggregates may be made of. */
    List<Grant> aggregates() {
        Predicate clinical = clinical();
        return open().stream()
                .filter(Opening::withoutRows)
                .map(way -> new Grant(
                        Folding.all(clinical, Folding.not(Folding.any(denies)), way.rows()), carried(way.promises())))
                .toList();
    }

    /** Obligations of what is released along with permitted data: all that any permit carries; empty when none opens rows. */
    Set<Obligation> alongside() {
        Set<Obligation> every = new HashSet<>();
        ways.forEach(way -> every.addAll(carried(way.promises())));
        return every;
    }

    /** Obligations of the Patient without details: those of the freest permit; empty when none opens rows. */
    Set<Obligation> onPatient() {
        Set<Obligation> freest = new HashSet<>();
        ways.stream().findFirst().ifPresent(way -> {
            freest.addAll(carried(way.promises()));
            freest.add(Obligation.REDACT_DEMOGRAPHICS);
        });
        return freest;
    }

    static Set<Obligation> carried(Set<Obligation> promises) {
        Set<Obligation> obligations = new HashSet<>(promises);
        obligations.add(Obligation.KEEP_LABELS);
        obligations.add(Obligation.MASK_REFERENCES);
        return obligations;
    }

    /** No consent opens anything to an operator; what a deny keeps back is not released along with what an order opens either. */
    private void compile(String purpose) {
        int before = denies.size();
        List<Slot> slots = call.operator()
                ? List.of()
                : call.receivers().stream().map(Slot::new).toList();
        for (Directive directive : call.directives()) {
            if (call.failed(directive, purpose).isEmpty()) {
                take(directive, purpose, slots);
            }
        }
        if (!call.operator()) {
            open(purpose, slots, before);
        }
    }

    private void open(String purpose, List<Slot> slots, int before) {
        slots.forEach(slot -> authority(purpose, slot));
        Predicate rescue = Folding.any(call.grounds(purpose).stream()
                .flatMap(ground -> EmergencyData.of(ground, call.now()).stream())
                .map(Compiler::rows)
                .toList());
        if (denies.subList(before, denies.size()).contains(Predicate.ALWAYS)) {
            refusals.add(Denial.Reason.EXPLICIT);
        } else if (rescue.equals(Predicate.NEVER) && slots.stream().anyMatch(Slot::empty)) {
            boolean human = slots.stream().allMatch(slot -> !slot.empty() || slot.human);
            refusals.add(human ? Denial.Reason.HUMAN : Denial.Reason.DEFAULT);
        }
        open(slots, rescue);
    }

    /** The ways of this purpose: permits that open rows, the emergency, then aggregates. */
    private void open(List<Slot> slots, Predicate rescue) {
        List<Opening> covered = List.of(Opening.EVERYTHING);
        for (Slot slot : slots) {
            covered = Opening.product(covered, Opening.runs(Coverage.sorted(slot.coverages)));
        }
        List<Opening> ways = new ArrayList<>(
                covered.stream().filter(way -> !way.withoutRows()).toList());
        if (!rescue.equals(Predicate.NEVER)) {
            emergency = true;
            ways.add(new Opening(rescue, Set.of(Obligation.NOTIFY_PERSON, Obligation.OPEN_REVIEW), false));
        }
        covered.stream().filter(Opening::withoutRows).forEach(ways::add);
        openings = Opening.product(openings, ways);
    }

    private void authority(String purpose, Slot slot) {
        if (call.authorityCovers(purpose, slot.party)) {
            Predicate closed = call.authority()
                    .flatMap(held -> call.course().closedTo(held))
                    .map(elements -> DataTests.of(elements, Effect.DENY))
                    .orElse(Predicate.NEVER);
            slot.coverages.add(Coverage.ofAuthority(Folding.not(closed)));
        }
    }

    private static Predicate rows(EmergencyData data) {
        return Folding.all(
                DataTests.of(data.opened(), Effect.PERMIT), Folding.not(DataTests.of(data.hidden(), Effect.DENY)));
    }

    private void take(Directive directive, String purpose, List<Slot> slots) {
        if (directive.effect().permits()) {
            permit(directive, purpose, slots);
        } else if (!call.givesWay(directive, purpose)) {
            deny(directive, purpose, slots);
        }
    }

    private void permit(Directive directive, String purpose, List<Slot> slots) {
        Elements base = directive.base();
        Clauses clauses = Clauses.of(directive, call, purpose);
        Predicate rows = DataTests.of(base, Effect.PERMIT);
        Predicate excepted = any(clauses.denying(), Effect.DENY);
        add(
                Folding.all(rows, excepted),
                Folding.all(DataTests.selectors(base.selectors(), Effect.PERMIT), anySupporting(clauses.denying())));
        Predicate closed = call.course()
                .closedTo(directive.grantor())
                .map(elements -> DataTests.of(elements, Effect.DENY))
                .orElse(Predicate.NEVER);
        cover(directive, base, purpose, Folding.all(rows, Folding.not(excepted), Folding.not(closed)), slots);
    }

    private void deny(Directive directive, String purpose, List<Slot> slots) {
        Elements base = directive.base();
        Clauses clauses = Clauses.of(directive, call, purpose);
        Predicate rows = DataTests.of(base, Effect.DENY);
        Predicate kept = Folding.not(any(clauses.denying(), Effect.DENY));
        Predicate lifted = Folding.all(any(clauses.permitting(), Effect.PERMIT), kept);
        add(
                Folding.all(rows, Folding.not(lifted)),
                Folding.all(DataTests.supporting(base, Effect.DENY), Folding.not(lifted)));
        for (Clauses.Clause clause : clauses.permitting()) {
            if (Clauses.countsAsPermit(clause.elements())) {
                Predicate opened = Folding.all(rows, DataTests.of(clause.elements(), Effect.PERMIT), kept);
                cover(directive, Clauses.named(clause.elements()), purpose, opened, slots);
            }
        }
    }

    private void add(Predicate deny, Predicate supportingDeny) {
        if (!deny.equals(Predicate.NEVER)) {
            denies.add(deny);
        }
        if (!supportingDeny.equals(Predicate.NEVER)) {
            supportingDenies.add(supportingDeny);
        }
    }

    private void cover(Directive directive, Elements elements, String purpose, Predicate rows, List<Slot> slots) {
        Judgement judgement = call.judge(directive, purpose);
        if (rows.equals(Predicate.NEVER) || judgement == Judgement.NOT_COVERED) {
            return;
        }
        for (Slot slot : slots) {
            if (!call.covers(directive, elements, purpose, slot.party)) {
                continue;
            } else if (judgement == Judgement.HUMAN) {
                slot.human = true;
            } else {
                slot.coverages.add(Coverage.of(directive, purpose, rows));
                used.add(directive.key());
            }
        }
    }

    private static Predicate any(List<Clauses.Clause> clauses, Effect effect) {
        return Folding.any(clauses.stream()
                .map(clause -> DataTests.of(clause.elements(), effect))
                .toList());
    }

    private static Predicate anySupporting(List<Clauses.Clause> clauses) {
        return Folding.any(clauses.stream()
                .map(clause -> DataTests.supporting(clause.elements(), Effect.DENY))
                .toList());
    }

    /** Every way: by order of the law, then by consent. Denies and scope are part of the latter. */
    private List<Opening> ways() {
        Predicate undenied = Folding.not(Folding.any(denies));
        List<Opening> every = new ArrayList<>();
        statutory.forEach(
                rule -> every.add(new Opening(DataTests.of(rule.scope(), Effect.PERMIT), Law.ordered(rule), false)));
        open().stream()
                .filter(way -> !way.withoutRows())
                .forEach(way -> every.add(new Opening(Folding.all(way.rows(), undenied), way.promises(), false)));
        return every;
    }

    private List<Opening> open() {
        return refusals.isEmpty() ? openings : List.of();
    }

    /** What the law and the scope of an authority leave of the resources with content of their own. */
    private Predicate clinical() {
        return Folding.all(
                Folding.not(new Predicate.In(Predicate.Scalar.TYPE, DataTests.SUPPORTING)),
                Folding.not(Law.prohibited(call)),
                call.scope()
                        .map(elements -> DataTests.of(elements, Effect.PERMIT))
                        .orElse(Predicate.ALWAYS));
    }

    private Predicate supporting(Predicate permitted) {
        Predicate kept = Folding.any(Folding.any(supportingDenies), Law.quarantined(call));
        Predicate shown = Folding.all(new Predicate.In(Predicate.Scalar.TYPE, DataTests.SUPPORTING), Folding.not(kept));
        Predicate role = Folding.all(
                new Predicate.In(Predicate.Scalar.TYPE, Set.of("PractitionerRole")),
                Folding.not(kept),
                new Predicate.ReferredToBy(permitted));
        return Folding.all(shown, new Predicate.ReferredToBy(Folding.any(permitted, role)));
    }

    /** The permits that cover one party for one purpose. */
    private static final class Slot {

        private final Party party;
        private final List<Coverage<Predicate>> coverages = new ArrayList<>();
        private boolean human;

        Slot(Party party) {
            this.party = party;
        }

        boolean empty() {
            return coverages.isEmpty();
        }
    }
}
