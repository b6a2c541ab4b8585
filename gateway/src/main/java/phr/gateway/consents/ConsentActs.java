package phr.gateway.consents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import phr.consent.ledger.Act;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;

/** Who decided, for the ledger and for the person's access log. */
@ApplicationScoped
class ConsentActs {

    private final AccessLog log;

    ConsentActs(AccessLog log) {
        this.log = log;
    }

    Act of(Caller caller) {
        return Act.onScreen(caller.subject());
    }

    /** @param what {@code grant}, {@code amend} or {@code revoke} */
    void log(Caller caller, PersonId person, String what, Recorded recorded) {
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
