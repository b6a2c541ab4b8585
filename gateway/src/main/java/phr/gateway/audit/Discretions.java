package phr.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.consent.request.ConsentRequest;
import phr.consent.request.ConsentRequests;
import phr.gateway.people.Principal;

/** What is hidden from whom, by every consent and question there ever was. */
@ApplicationScoped
public class Discretions {

    private final ConsentLedger ledger;
    private final ConsentRequests requests;

    Discretions(ConsentLedger ledger, ConsentRequests requests) {
        this.ledger = ledger;
        this.requests = requests;
    }

    /** Hides nothing from anybody but the guardian of a person who decides some things alone. */
    public Discretion of(Principal principal) {
        if (!principal.decidesAlone()) {
            return Discretion.NONE;
        }
        Said hidden = new Said();
        Said told = new Said();
        for (Recorded recorded : ledger.history(principal.person())) {
            Directive directive = recorded.directive();
            Said said = principal.sees(directive) ? told : hidden;
            said.keys.add(directive.key());
            said.grantees(directive);
        }
        for (ConsentRequest request : requests.to(principal.person())) {
            Said said = principal.sees(request.directive()) ? told : hidden;
            said.keys.add("ConsentRequest/" + request.id());
            said.parties.add(request.question().requester());
            said.grantees(request.directive());
        }
        hidden.parties.removeAll(told.parties);
        return new Discretion(principal.own(), hidden.keys, told.keys, hidden.parties);
    }

    /** What some consents and questions name. */
    private static final class Said {

        private final Set<String> keys = new HashSet<>();
        private final Set<String> parties = new HashSet<>();

        void grantees(Directive directive) {
            directive
                    .parts()
                    .flatMap(elements -> orNone(elements.grantees()).stream())
                    .flatMap(grantee -> Stream.of(grantee.id(), orEmpty(grantee.organisation())))
                    .map(id -> id.substring(id.indexOf('/') + 1))
                    .filter(id -> !id.isEmpty())
                    .forEach(parties::add);
        }

        private static Collection<Grantee> orNone(@Nullable Collection<Grantee> grantees) {
            return Objects.requireNonNullElse(grantees, Set.of());
        }

        private static String orEmpty(@Nullable String id) {
            return Objects.requireNonNullElse(id, "");
        }
    }
}
