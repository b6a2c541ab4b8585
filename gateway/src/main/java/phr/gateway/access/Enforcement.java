package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import phr.consent.AccessRequest;
import phr.consent.ConsentGate;
import phr.consent.Denial;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Caller;

/** Decides, lets the work run under the permit, and sees to it that each request leaves exactly one entry in the access log. */
@ApplicationScoped
class Enforcement {

    static final int ATTEMPTS = 3;

    private final ConsentGate gate;
    private final Evidence evidence;
    private final Refusals refusals;

    Enforcement(ConsentGate gate, Evidence evidence, Refusals refusals) {
        this.gate = gate;
        this.evidence = evidence;
        this.refusals = refusals;
    }

    <T> T decide(Caller caller, String label, AccessRequest request, Function<Permit, T> work) {
        return decide(caller, label, request, (permit, tally) -> work.apply(permit));
    }

    /** Decides again when consents change while the work runs. */
    <T> T decide(Caller caller, String label, AccessRequest request, BiFunction<Permit, Tally, T> work) {
        for (int attempt = 1; ; attempt++) {
            Permit permit = gate.decide(request).fold(granted -> granted, denial -> {
                throw refused(caller, label, denial);
            });
            try {
                return evidence.after(caller, label, permit, work);
            } catch (StalePermitException e) {
                if (attempt == ATTEMPTS) {
                    evidence.denied(caller, label, request, Denial.Reason.STALE_POLICY.name());
                    throw refusals.changing();
                }
            }
        }
    }

    RuntimeException incomplete(Caller caller, String label, AccessRequest request, String missing) {
        return refused(caller, label, new Denial(Denial.Reason.INCOMPLETE, request, List.of(missing)));
    }

    RuntimeException outOfScope(Caller caller, String label, AccessRequest request) {
        evidence.denied(caller, label, request, "SCOPE");
        return refusals.insufficientScope();
    }

    private RuntimeException refused(Caller caller, String label, Denial denial) {
        evidence.denied(caller, label, denial.request(), denial.reason().name());
        return refusals.of(denial);
    }
}
