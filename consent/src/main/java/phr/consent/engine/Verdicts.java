package phr.consent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phr.consent.Party;
import phr.consent.Referrers;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.engine.data.DataMatch;
import phr.consent.engine.data.DataTests;
import phr.consent.trace.Element;
import phr.consent.trace.TraceStep.Result;
import phr.fhir.facts.Facts;

/** Asks each directive about one resource (consent-semantics.md §4): base, exceptions, and the parties it covers. */
final class Verdicts {

    private final Call call;
    private final DataMatch match;
    private final boolean supporting;
    private final boolean labelled;

    Verdicts(Call call, Facts facts, Referrers referrers) {
        this.call = call;
        this.match = new DataMatch(facts, referrers);
        this.supporting = DataTests.SUPPORTING.contains(facts.type());
        this.labelled = facts.labels().labelled();
    }

    /** One verdict per directive, in the order of the policy. */
    List<Verdict> all(String purpose) {
        return call.directives().stream()
                .map(directive -> of(directive, purpose))
                .toList();
    }

    private Verdict of(Directive directive, String purpose) {
        Optional<Element> failed = call.failed(directive, purpose);
        if (failed.isPresent()) {
            return Verdict.failed(directive, failed.get());
        }
        Clauses clauses = Clauses.of(directive, call, purpose);
        if (supporting) {
            return supporting(directive, clauses, purpose);
        }
        return directive.effect().permits() ? permit(directive, clauses, purpose) : deny(directive, clauses, purpose);
    }

    private Verdict permit(Directive directive, Clauses clauses, String purpose) {
        Optional<Element> failed = match.failed(directive.base(), Effect.PERMIT);
        if (failed.isPresent()) {
            return Verdict.failed(directive, failed.get());
        }
        Optional<Clauses.Clause> denying = first(clauses.denying(), Effect.DENY);
        if (denying.isPresent()) {
            return denied(directive, denying.get());
        }
        boolean closed = call.course()
                .closedTo(directive.grantor())
                .filter(elements -> match.matches(elements, Effect.DENY))
                .isPresent();
        return closed
                ? Verdict.failed(directive, Element.LIFE_STAGE)
                : covering(directive, directive.base(), null, purpose);
    }

    private Verdict deny(Directive directive, Clauses clauses, String purpose) {
        Optional<Element> failed = match.failed(directive.base(), Effect.DENY);
        if (failed.isPresent()) {
            return Verdict.failed(directive, failed.get());
        } else if (call.givesWay(directive, purpose)) {
            return Verdict.of(directive, Result.LIFTED, null);
        }
        Optional<Clauses.Clause> denying = first(clauses.denying(), Effect.DENY);
        if (denying.isPresent()) {
            return denied(directive, denying.get());
        }
        return lifted(directive, clauses, purpose).orElseGet(() -> {
            boolean unlabelled = !labelled && directive.base().labels() != null;
            return Verdict.of(directive, Result.DENY, null).becauseUnlabelled(unlabelled);
        });
    }

    /** The permit exceptions that match lift the deny; those that count as permits cover, too. */
    private Optional<Verdict> lifted(Directive directive, Clauses clauses, String purpose) {
        List<Clauses.Clause> matching = clauses.permitting().stream()
                .filter(clause -> match.matches(clause.elements(), Effect.PERMIT))
                .toList();
        if (matching.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = Verdict.of(directive, Result.LIFTED, matching.get(0).index());
        List<Party> covered = new ArrayList<>();
        for (Clauses.Clause clause : matching) {
            if (Clauses.countsAsPermit(clause.elements())) {
                Verdict counted = covering(directive, Clauses.named(clause.elements()), clause.index(), purpose);
                covered.addAll(counted.covers());
                verdict = counted.covers().isEmpty() ? verdict : counted;
            }
        }
        return Optional.of(verdict.covering(covered.stream().distinct().toList()));
    }

    private Verdict covering(
            Directive directive,
            Elements elements,
            @org.jspecify.annotations.Nullable Integer exception,
            String purpose) {
        Judgement judgement = call.judge(directive, purpose);
        if (judgement == Judgement.NOT_COVERED) {
            return Verdict.failed(directive, Element.PURPOSE);
        }
        List<Party> covered = call.receivers().stream()
                .filter(party -> call.covers(directive, elements, purpose, party))
                .toList();
        if (covered.isEmpty()) {
            return Verdict.failed(directive, Grounds.needed(purpose) ? Element.PURPOSE : Element.GRANTEE);
        }
        Result result = judgement == Judgement.HUMAN ? Result.NEEDS_HUMAN : Result.PERMIT;
        return Verdict.of(directive, result, exception).covering(covered);
    }

    /** Of a supporting resource only denies by type, code or instance count. */
    private Verdict supporting(Directive directive, Clauses clauses, String purpose) {
        Optional<Clauses.Clause> denying = clauses.denying().stream()
                .filter(clause -> match.deniesSupporting(clause.elements()))
                .findFirst();
        if (directive.effect().permits()) {
            return denying.filter(clause -> match.selected(directive.base(), Effect.PERMIT))
                    .map(clause -> denied(directive, clause))
                    .orElseGet(() -> Verdict.failed(directive, Element.SELECTOR));
        } else if (!match.deniesSupporting(directive.base())) {
            return Verdict.failed(directive, Element.SELECTOR);
        } else if (call.givesWay(directive, purpose)) {
            return Verdict.of(directive, Result.LIFTED, null);
        }
        Optional<Clauses.Clause> lifting = first(clauses.permitting(), Effect.PERMIT);
        boolean kept = first(clauses.denying(), Effect.DENY).isPresent() || lifting.isEmpty();
        return kept
                ? Verdict.of(directive, Result.DENY, null)
                : Verdict.of(directive, Result.LIFTED, lifting.get().index());
    }

    private Verdict denied(Directive directive, Clauses.Clause clause) {
        boolean unlabelled = !labelled && clause.elements().labels() != null;
        return Verdict.of(directive, Result.DENY, clause.index()).becauseUnlabelled(unlabelled);
    }

    private Optional<Clauses.Clause> first(List<Clauses.Clause> clauses, Effect effect) {
        return clauses.stream()
                .filter(clause -> match.matches(clause.elements(), effect))
                .findFirst();
    }
}
