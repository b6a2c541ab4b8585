package phr.gateway.consents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.RecordedAuthority;
import phr.consent.ledger.Act;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;
import phr.gateway.people.Principal;

/** Who decided, for the ledger and for the person's access log. */
@ApplicationScoped
public class ConsentActs {

    private final AccessLog log;

    ConsentActs(AccessLog log) {
        this.log = log;
    }

    public Act of(Caller caller) {
        return Act.onScreen(caller.subject());
    }

    /** @param language of the text that was shown; null: Japanese */
    public Act of(Caller caller, @Nullable String language) {
        return language == null ? of(caller) : of(caller).in(language);
    }

    /** @param what {@code grant}, {@code amend}, {@code revoke} … */
    public void log(Caller caller, PersonId person, String what, Recorded recorded) {
        log(caller, Principal.self(person), what, recorded);
    }

    /** As {@link #log(Caller, PersonId, String, Recorded)}, by the person or her proxy. */
    public void log(Caller caller, Principal principal, String what, Recorded recorded) {
        log(caller, principal, what, recorded.directive().key());
    }

    /** As above, about what is no directive yet: {@code ConsentRequest/id}, or a permit that came from elsewhere. */
    public void log(Caller caller, Principal principal, String what, String key) {
        RecordedAuthority authority = principal.authority();
        log.append(new AccessEvent(
                principal.person(),
                null,
                caller.client(),
                authority == null ? AccessEvent.SELF : AccessEvent.PROXY,
                "consent",
                what,
                List.of(),
                AccessEvent.Outcome.PERMIT,
                authority == null ? "SELF" : "AUTHORITY",
                authority == null ? List.of(key) : List.of("Authority/" + authority.id(), key)));
    }

    /** What a recipient or the operator did. */
    void logByOthers(Caller caller, PersonId person, String what, Recorded recorded) {
        logByOthers(caller, person, what, recorded.directive().key());
    }

    /** As above, about a request: {@code ConsentRequest/id}. */
    public void logByOthers(Caller caller, PersonId person, String what, String key) {
        log.append(new AccessEvent(
                person,
                caller.organisation(),
                caller.client(),
                caller.user(),
                "consent",
                what,
                List.of(),
                AccessEvent.Outcome.PERMIT,
                caller.organisation() == null ? "OPERATOR" : "RECIPIENT",
                List.of(key),
                null,
                caller.system()));
    }
}
