package phr.consent.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.consent.Obligation;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.Referrers;
import phr.consent.directive.Effect;
import phr.consent.emergency.EmergencyData;
import phr.consent.engine.data.DataMatch;
import phr.consent.engine.data.DataTests;
import phr.consent.trace.Explained;
import phr.consent.trace.Explained.PurposeAnswer;
import phr.consent.trace.Outcome;
import phr.consent.trace.Reason;
import phr.consent.trace.TraceStep;
import phr.fhir.facts.Facts;

/** Decides one resource directly, step by step as consent-semantics.md §3 reads; the compiler must agree with it. */
final class Interpreter {

    private final Call call;
    private final Compiler compiler;
    private final Referrers referrers;

    /**
     * @param compiler of the same call: what is released along with permitted data carries what the whole call carries
     */
    Interpreter(Call call, Compiler compiler, Referrers referrers) {
        this.call = call;
        this.compiler = compiler;
        this.referrers = referrers;
    }

    Explained explain(Facts facts) {
        List<TraceStep> trace = new ArrayList<>();
        Verdicts verdicts = new Verdicts(call, facts, referrers);
        List<Answer> answers = new ArrayList<>();
        for (String purpose : call.purposes()) {
            List<Verdict> said = verdicts.all(purpose);
            said.forEach(verdict -> trace.add(Steps.step(purpose, verdict)));
            answers.add(
                    DataTests.SUPPORTING.contains(facts.type())
                            ? supporting(facts, said)
                            : clinical(facts, purpose, said));
        }
        return explained(facts.type().equals("Patient") ? shown(answers) : answers, trace);
    }

    /** The answer for one purpose; basis directives are those that decided. */
    record Answer(Outcome outcome, Reason reason, Set<Obligation> obligations, Set<String> directives) {

        static Answer no(Reason reason) {
            return new Answer(reason == Reason.HUMAN ? Outcome.NEEDS_HUMAN : Outcome.DENY, reason, Set.of(), Set.of());
        }

        boolean permits() {
            return outcome == Outcome.PERMIT;
        }
    }

    private Answer clinical(Facts facts, String purpose, List<Verdict> said) {
        Optional<Answer> early = beforeConsent(facts);
        if (early.isPresent()) {
            return early.get();
        }
        Set<String> denying = keys(said, TraceStep.Result.DENY);
        if (!denying.isEmpty()) {
            return new Answer(Outcome.DENY, Reason.EXPLICIT, Set.of(), denying);
        }
        Optional<Answer> covered = covered(facts, purpose, said);
        if (covered.filter(answer -> answer.obligations().stream().noneMatch(Obligation::withoutRows))
                .isPresent()) {
            return covered.get();
        } else if (rescued(facts, purpose)) {
            Set<Obligation> obligations = Compiler.carried(Set.of(Obligation.NOTIFY_PERSON, Obligation.OPEN_REVIEW));
            return new Answer(Outcome.PERMIT, Reason.EMERGENCY, obligations, Set.of());
        }
        return covered.orElseGet(() -> Answer.no(counting(facts, purpose, said) ? Reason.HUMAN : Reason.DEFAULT));
    }

    /** Steps 1 and 2 for this resource: the law, orders, and what is outside the scope of an authority. */
    private Optional<Answer> beforeConsent(Facts facts) {
        DataMatch match = new DataMatch(facts, referrers);
        if (Law.prohibited(call, facts)) {
            return Optional.of(Answer.no(Reason.LAW));
        }
        Optional<StatutoryRule> order = call.statutory().stream()
                .filter(rule -> match.matches(rule.scope(), Effect.PERMIT))
                .findFirst();
        if (order.isPresent()) {
            return Optional.of(new Answer(Outcome.PERMIT, Reason.STATUTORY, Law.ordered(order.get()), Set.of()));
        } else if (call.operator()) {
            return Optional.of(Answer.no(Reason.DEFAULT));
        } else if (call.proxy() && !call.authorised()) {
            return Optional.of(Answer.no(Reason.AUTHORITY));
        }
        return call.scope()
                .filter(scope -> !match.matches(scope, Effect.PERMIT))
                .map(scope -> Answer.no(Reason.AUTHORITY));
    }

    /** 4b: every receiving party is covered, each by the first permit in the order of use. */
    private Optional<Answer> covered(Facts facts, String purpose, List<Verdict> said) {
        Set<Obligation> obligations = new HashSet<>();
        Set<String> directives = new LinkedHashSet<>();
        boolean authority = false;
        for (Party party : call.receivers()) {
            List<Coverage<Boolean>> coverages = coverages(facts, purpose, party, said);
            if (coverages.isEmpty()) {
                return Optional.empty();
            }
            Coverage<Boolean> first = coverages.get(0);
            obligations.addAll(first.promises());
            authority |= first.byAuthority();
            if (!first.byAuthority()) {
                directives.add(first.key());
            }
        }
        Reason reason = authority ? Reason.PROXY : Reason.CONSENT;
        return Optional.of(new Answer(Outcome.PERMIT, reason, Compiler.carried(obligations), directives));
    }

    private List<Coverage<Boolean>> coverages(Facts facts, String purpose, Party party, List<Verdict> said) {
        List<Coverage<Boolean>> coverages = new ArrayList<>();
        said.stream()
                .filter(verdict -> verdict.result() == TraceStep.Result.PERMIT
                        && verdict.covers().contains(party))
                .forEach(verdict -> coverages.add(Coverage.of(verdict.directive(), purpose, true)));
        if (call.authorityCovers(purpose, party) && !closed(facts)) {
            coverages.add(Coverage.ofAuthority(true));
        }
        return Coverage.sorted(coverages);
    }

    private boolean closed(Facts facts) {
        DataMatch match = new DataMatch(facts, referrers);
        return call.authority()
                .flatMap(held -> call.course().closedTo(held))
                .filter(elements -> match.matches(elements, Effect.DENY))
                .isPresent();
    }

    /** 4c: an emergency is open and the resource is among its data. */
    private boolean rescued(Facts facts, String purpose) {
        DataMatch match = new DataMatch(facts, referrers);
        return call.grounds(purpose).stream()
                .flatMap(ground -> EmergencyData.of(ground, call.now()).stream())
                .anyMatch(data ->
                        match.matches(data.opened(), Effect.PERMIT) && !match.matches(data.hidden(), Effect.DENY));
    }

    /** 4d: covered when permits that a human must judge are counted. */
    private boolean counting(Facts facts, String purpose, List<Verdict> said) {
        return call.receivers().stream()
                .allMatch(party -> call.authorityCovers(purpose, party) && !closed(facts)
                        || said.stream().anyMatch(verdict -> verdict.covers().contains(party)));
    }

    /** The Patient of a call that is not refused is always shown, without what identifies (§4.2). */
    private List<Answer> shown(List<Answer> answers) {
        Set<Obligation> obligations = compiler.refusal().isPresent() ? Set.of() : compiler.onPatient();
        boolean whole = answers.stream().allMatch(Answer::permits)
                && answers.stream()
                        .flatMap(answer -> answer.obligations().stream())
                        .noneMatch(Obligation::withoutRows);
        if (whole || obligations.isEmpty() || !Law.delivers(call.action())) {
            return answers;
        }
        return answers.stream()
                .map(answer -> new Answer(Outcome.PERMIT, permitting(answer.reason()), obligations, Set.of()))
                .toList();
    }

    private Reason permitting(Reason reason) {
        boolean permits = reason.compareTo(Reason.EMERGENCY) <= 0;
        return permits ? reason : call.proxy() ? Reason.PROXY : Reason.CONSENT;
    }

    private Answer supporting(Facts facts, List<Verdict> said) {
        Set<String> denying = keys(said, TraceStep.Result.DENY);
        if (!denying.isEmpty()) {
            return new Answer(Outcome.DENY, Reason.EXPLICIT, Set.of(), denying);
        }
        if (Law.quarantined(call, facts)) {
            return Answer.no(Reason.LAW);
        }
        boolean released = compiler.refusal().isEmpty()
                && referrers.of(facts.reference()).stream().anyMatch(this::passesOn);
        return released
                ? new Answer(Outcome.PERMIT, permitting(Reason.DEFAULT), compiler.alongside(), Set.of())
                : Answer.no(Reason.DEFAULT);
    }

    /** A permitted resource releases what it refers to; a PractitionerRole released by one does so once more. */
    private boolean passesOn(Facts referrer) {
        if (!DataTests.SUPPORTING.contains(referrer.type())) {
            return opened(referrer);
        }
        return referrer.type().equals("PractitionerRole")
                && !Law.quarantined(call, referrer)
                && call.purposes().stream().allMatch(purpose -> keys(
                                new Verdicts(call, referrer, referrers).all(purpose), TraceStep.Result.DENY)
                        .isEmpty())
                && referrers.of(referrer.reference()).stream()
                        .anyMatch(first -> !DataTests.SUPPORTING.contains(first.type()) && opened(first));
    }

    /** Rows of this resource are permitted for every purpose. */
    private boolean opened(Facts facts) {
        Verdicts verdicts = new Verdicts(call, facts, referrers);
        return call.purposes().stream()
                .map(purpose -> clinical(facts, purpose, verdicts.all(purpose)))
                .allMatch(answer ->
                        answer.permits() && answer.obligations().stream().noneMatch(Obligation::withoutRows));
    }

    private Explained explained(List<Answer> answers, List<TraceStep> trace) {
        List<PurposeAnswer> purposes = new ArrayList<>();
        Set<Obligation> obligations = new HashSet<>();
        Set<String> directives = new LinkedHashSet<>();
        Answer worst = answers.get(0);
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            purposes.add(new PurposeAnswer(call.purposes().get(i), answer.outcome(), answer.reason()));
            answer.obligations().stream()
                    .filter(obligation -> !obligation.equals(Obligation.MASK_REFERENCES))
                    .forEach(obligations::add);
            directives.addAll(answer.directives());
            worst = answer.outcome().compareTo(worst.outcome()) > 0 ? answer : worst;
        }
        boolean permits = worst.permits();
        List<String> decided = List.copyOf(permits ? directives : worst.directives());
        return new Explained(
                worst.outcome(),
                worst.reason(),
                permits ? List.copyOf(obligations) : List.of(),
                basis(purposes, worst, decided),
                purposes,
                trace,
                List.of(),
                call.validUntil());
    }

    private Permit.Basis basis(List<PurposeAnswer> purposes, Answer worst, List<String> directives) {
        if (!worst.permits()) {
            return new Permit.Basis("NONE", directives);
        }
        List<Reason> reasons = purposes.stream().map(PurposeAnswer::reason).toList();
        if (reasons.contains(Reason.STATUTORY)) {
            return new Permit.Basis(
                    "STATUTORY", directives, null, call.statutory().get(0).order());
        } else if (reasons.contains(Reason.PROXY)) {
            String authority = call.authority().map(held -> held.id()).orElse(null);
            return new Permit.Basis("AUTHORITY", directives, authority, null);
        }
        return new Permit.Basis(reasons.contains(Reason.EMERGENCY) ? "APPI27-1-2" : "CONSENT", directives);
    }

    private static Set<String> keys(List<Verdict> said, TraceStep.Result result) {
        Set<String> keys = new LinkedHashSet<>();
        said.stream()
                .filter(verdict -> verdict.result() == result)
                .forEach(verdict -> keys.add(verdict.directive().key()));
        return keys;
    }
}
