package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.ConsentGate;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Caller;

/** Decides, lets the work run under the permit, and sees to it that each request leaves exactly one entry in the access log. */
@ApplicationScoped
class Enforcement {

    static final int ATTEMPTS = 3;

    private static final Logger LOG = Logger.getLogger(Enforcement.class);

    private final ConsentGate gate;
    private final Evidence evidence;
    private final Refusals refusals;
    private final Function<Permit, Set<String>> exhausted;

    @Inject
    Enforcement(ConsentGate gate, Evidence evidence, Refusals refusals, Frequency frequency) {
        this(gate, evidence, refusals, frequency::exhausted);
    }

    /** @param exhausted ids of the permit's directives that are used up */
    Enforcement(ConsentGate gate, Evidence evidence, Refusals refusals, Function<Permit, Set<String>> exhausted) {
        this.gate = gate;
        this.evidence = evidence;
        this.refusals = refusals;
        this.exhausted = exhausted;
    }

    <T> T decide(Caller caller, String label, AccessRequest request, Function<Permit, T> work) {
        return decide(caller, label, request, refusals::of, (permit, tally) -> work.apply(permit));
    }

    /**
     * Decides again when consents change while the work runs.
     *
     * @param answer how a refusal sounds outside
     */
    <T> T decide(
            Caller caller,
            String label,
            AccessRequest request,
            Function<Denial, RuntimeException> answer,
            BiFunction<Permit, Tally, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                Permit permit = decide(request).fold(granted -> granted, denial -> {
                    throw refused(caller, label, denial, answer);
                });
                return evidence.after(caller, label, permit, work);
            } catch (StalePermitException e) {
                if (attempt == ATTEMPTS) {
                    evidence.denied(caller, label, request, Denial.Reason.STALE_POLICY.name());
                    throw refusals.changing();
                }
            }
        }
    }

    /** Does the work and forgets it: nothing of it is answered, counted or logged. */
    void rehearse(AccessRequest request, Function<Permit, ?> work) {
        try {
            Object result = decide(request).fold(work::apply, denial -> denial);
            if (result instanceof AutoCloseable open) {
                open.close();
            }
        } catch (Exception e) {
            LOG.debugf("a rehearsal ended with %s", e.getClass().getName());
        }
    }

    /**
     * A delivery that nobody asks for now. What finds nothing to deliver leaves no entry.
     *
     * @param silent a refusal leaves none either
     */
    <T> Delivery<T> deliver(
            Caller caller,
            String label,
            AccessRequest request,
            boolean silent,
            BiFunction<Permit, Tally, Optional<T>> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return decide(request)
                        .fold(
                                permit -> new Delivery<>(true, evidence.ofSomething(caller, label, permit, work)),
                                denial -> {
                                    if (!silent) {
                                        evidence.denied(
                                                caller,
                                                label,
                                                denial.request(),
                                                denial.reason().name());
                                    }
                                    return new Delivery<>(false, Optional.empty());
                                });
            } catch (StalePermitException e) {
                if (attempt == ATTEMPTS) {
                    throw refusals.changing();
                }
            }
        }
    }

    /** Empty when it is refused, which leaves an entry. */
    Optional<Permit> again(Caller caller, String label, AccessRequest request) {
        return decide(request).fold(Optional::of, denial -> {
            evidence.denied(caller, label, denial.request(), denial.reason().name());
            return Optional.empty();
        });
    }

    /** To be told of new data implies to read them: both must be permitted (consent-semantics.md §7.4, L-11). */
    private Decision decide(AccessRequest request) {
        Decision decision = decideOne(request);
        return request.action() == Action.SUBSCRIBE
                ? decision.fold(
                        told -> decideOne(request.doing(Action.READ)).<Decision>fold(told::and, denial -> denial),
                        denial -> denial)
                : decision;
    }

    /** What is used up is as if it had never been granted. */
    private Decision decideOne(AccessRequest request) {
        Decision decision = gate.decide(request);
        Set<String> usedUp = decision.fold(exhausted, denial -> Set.of());
        return usedUp.isEmpty() ? decision : gate.decide(request, usedUp);
    }

    boolean stands(Permit permit) {
        AccessRequest request = permit.request();
        return stands(request) && (request.action() != Action.SUBSCRIBE || stands(request.doing(Action.READ)));
    }

    private boolean stands(AccessRequest request) {
        return gate.decide(request).fold(granted -> true, denial -> false);
    }

    RuntimeException incomplete(Caller caller, String label, AccessRequest request, String missing) {
        return refused(caller, label, new Denial(Denial.Reason.INCOMPLETE, request, List.of(missing)), refusals::of);
    }

    RuntimeException outOfScope(Caller caller, String label, AccessRequest request) {
        evidence.denied(caller, label, request, "SCOPE");
        return refusals.insufficientScope();
    }

    RuntimeException consentRequired() {
        return refusals.consentRequired();
    }

    /** How a refusal of this question sounds. */
    Function<Denial, RuntimeException> answerTo(Ask ask) {
        return ask.namesPerson() ? refusals::of : refusals::ofId;
    }

    private RuntimeException refused(
            Caller caller, String label, Denial denial, Function<Denial, RuntimeException> answer) {
        evidence.denied(caller, label, denial.request(), denial.reason().name());
        return answer.apply(denial);
    }
}
