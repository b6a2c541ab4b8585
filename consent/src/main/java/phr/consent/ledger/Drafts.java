package phr.consent.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.Grantor;
import phr.consent.directive.LinkageWindow;
import phr.consent.directive.State;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** What a directive must be before it is written. */
final class Drafts {

    private Drafts() {}

    static Directive unnamed(Directive draft) {
        if (!draft.id().isEmpty()) {
            throw invalid("the id is given by the ledger", "/id");
        }
        return requireActive(draft);
    }

    static Directive named(Directive draft, UUID id) {
        if (!draft.id().isEmpty() && !draft.id().equals(id.toString())) {
            throw invalid("is not the directive of this address", "/id");
        }
        return requireActive(draft);
    }

    /**
     * The draft as given by whoever acts: the grantor comes from the act, never from the body.
     *
     * @throws FailureException INVALID when the body claims another capacity (L-3)
     */
    static Directive by(Directive draft, Act act) {
        boolean claimed = draft.grantor().capacity() != Grantor.Capacity.SELF;
        if (claimed && !act.self() && !draft.grantor().equals(act.grantor())) {
            throw Failure.of(Category.INVALID, "L-3", "no authority in force allows this", "/grantor")
                    .exception();
        }
        return new Directive(
                draft.id(),
                draft.version(),
                State.ACTIVE,
                draft.effect(),
                draft.phase(),
                draft.base(),
                draft.exceptions(),
                draft.conditions(),
                draft.emergency(),
                act.grantor());
    }

    static List<Issue> require(Directive draft, ConsentLedger.Countries countries, Instant now) {
        List<Issue> window = LinkageWindow.check(draft, now, countries::linkage);
        if (!window.isEmpty()) {
            throw new Failure(Category.INVALID, window).exception();
        }
        return DirectiveLint.require(draft, now, countries::of);
    }

    /** As exact as the database keeps it. */
    static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Directive requireActive(Directive draft) {
        if (draft.state() != State.ACTIVE) {
            throw invalid("a directive is written in force", "/state");
        }
        return draft;
    }

    private static FailureException invalid(String text, String pointer) {
        return Failure.of(Category.INVALID, "CS-1", text, pointer).exception();
    }
}
