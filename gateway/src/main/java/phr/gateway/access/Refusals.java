package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.Denial;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/** How a refusal sounds (consent-semantics.md §14): the same bytes for every cause, so that the answer tells nothing. */
@ApplicationScoped
class Refusals {

    /** What says nothing about the person: the question lacks something, or nobody can decide now. */
    private static final Set<Denial.Reason> TELLING = EnumSet.of(Denial.Reason.INCOMPLETE, Denial.Reason.STALE_POLICY);

    private final Failure consentRequired;

    Refusals(@ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        String url = baseUrl.replaceFirst("/fhir$", "") + "/consents/requests";
        String text = "the person has not consented to this; ask her at " + url;
        Issue issue = Issue.error(Category.FORBIDDEN.issueCode(), "consent-required", text);
        consentRequired = new Failure(Category.FORBIDDEN, List.of(issue.linking(url)));
    }

    RuntimeException of(Denial denial) {
        if (denial.reason() == Denial.Reason.INCOMPLETE) {
            return Failure.of(
                            Category.MALFORMED,
                            "INCOMPLETE",
                            "required inputs of the decision are missing: " + String.join(", ", denial.missing()))
                    .exception();
        }
        return denial.reason() == Denial.Reason.STALE_POLICY ? changing() : consentRequired();
    }

    RuntimeException consentRequired() {
        return consentRequired.exception();
    }

    /** Of a resource asked for by its id alone: the same as when there is none. */
    RuntimeException ofId(Denial denial) {
        return TELLING.contains(denial.reason()) ? of(denial) : unknown();
    }

    static RuntimeException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    RuntimeException insufficientScope() {
        return Failure.of(Category.FORBIDDEN, "insufficient-scope", "no scope of the token allows this interaction")
                .exception();
    }

    /** Every attempt met newer consents, or the epoch cannot be confirmed. */
    RuntimeException changing() {
        return Failure.of(Category.UNAVAILABLE, "stale", "the person is changing her consents; try again")
                .exception();
    }
}
