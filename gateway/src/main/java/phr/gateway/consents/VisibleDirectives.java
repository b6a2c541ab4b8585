package phr.gateway.consents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import phr.consent.directive.Directive;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.people.Principal;

/** The directives of a person as far as they exist for whoever acts for her (consent-semantics.md §11, §14.2). */
@ApplicationScoped
public class VisibleDirectives {

    private final ConsentLedger ledger;

    VisibleDirectives(ConsentLedger ledger) {
        this.ledger = ledger;
    }

    /** The current versions in the state they have now, oldest first. */
    public List<Recorded> of(Principal principal) {
        return seen(principal, ledger.list(principal.person()));
    }

    /** Those of the directives that exist for her. */
    public static List<Recorded> seen(Principal principal, List<Recorded> directives) {
        return directives.stream()
                .filter(recorded -> principal.sees(recorded.directive()))
                .toList();
    }

    /** Which versions of a directive exist for her. */
    public Set<Integer> versions(Principal principal, Recorded directive) {
        return seen(principal, ledger.history(directive.person())).stream()
                .map(Recorded::directive)
                .filter(version -> version.id().equals(directive.directive().id()))
                .map(Directive::version)
                .collect(Collectors.toSet());
    }

    /**
     * @param id as it stands in the address
     * @throws phr.fhir.failure.FailureException NOT_FOUND, also for what is hidden
     */
    public Recorded require(Principal principal, String id) {
        try {
            return ledger.find(principal.person(), UUID.fromString(id))
                    .filter(recorded -> principal.sees(recorded.directive()))
                    .orElseThrow(VisibleDirectives::notFound);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
