package phr.gateway.consents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.ledger.Act;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;

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
        log.append(new AccessEvent(
                person,
                null,
                caller.client(),
                AccessEvent.SELF,
                "consent",
                what,
                List.of(),
                AccessEvent.Outcome.PERMIT,
                "SELF",
                List.of(recorded.directive().key())));
    }
}
