package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import phr.fhir.PersonId;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;

/** Acts of emergencies in the person's access log: purpose BTG, basis APPI 27(1)ii. */
@ApplicationScoped
class EmergencyLog {

    static final String BASIS = "APPI27-1-2";

    private static final String ACTION = "emergency";

    private final AccessLog log;

    EmergencyLog(AccessLog log) {
        this.log = log;
    }

    void did(Caller caller, PersonId person, String what) {
        append(caller, person, what, AccessEvent.Outcome.PERMIT, BASIS);
    }

    void refused(Caller caller, PersonId person, String what) {
        append(caller, person, what, AccessEvent.Outcome.DENY, "AUTHORITY");
    }

    private void append(Caller caller, PersonId person, String what, AccessEvent.Outcome outcome, String reason) {
        log.append(new AccessEvent(
                person,
                caller.organisation(),
                caller.client(),
                caller.user() == null && !caller.system() ? caller.subject() : caller.user(),
                ACTION,
                what,
                List.of("BTG"),
                outcome,
                reason,
                List.of()));
    }
}
