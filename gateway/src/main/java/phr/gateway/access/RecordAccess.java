package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.caller.SmartScopes;

/** The one way from an endpoint to a record. */
@ApplicationScoped
public class RecordAccess {

    private final CurrentCaller current;
    private final Requests requests;
    private final Enforcement enforcement;
    private final Rehearsals rehearsals;

    RecordAccess(CurrentCaller current, Requests requests, Enforcement enforcement, Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
        this.current = current;
        this.requests = requests;
        this.enforcement = enforcement;
    }

    /**
     * Finds the person, asks for a decision, narrows it by the SMART scopes, runs the work, and writes one audit entry before it
     * returns. The work may run again with a new permit when consents change meanwhile; so it opens a stream but sends
     * nothing.
     *
     * @return what the work returns; when it is {@link AutoCloseable} and the audit entry cannot be written, it is closed
     * @throws phr.fhir.failure.FailureException NOT_FOUND for a person the caller does not know, MALFORMED when inputs are
     *     missing, FORBIDDEN without scope, or without consent when the question names the person (else NOT_FOUND), whatever the work
     *     throws
     */
    public <T> T perform(Ask ask, Function<Permit, T> work) {
        return perform(ask, (permit, tally) -> work.apply(permit));
    }

    /** As {@link #perform(Ask, Function)}, for work that counts what it hands out or takes in. */
    public <T> T perform(Ask ask, BiFunction<Permit, Tally, T> work) {
        Caller caller = current.get();
        AccessRequest request = requests.of(caller, ask);
        Optional<Predicate> scope = SmartScopes.of(caller).narrowing(ask.interaction(), ask.types());
        if (request.purposes().isEmpty()) {
            throw enforcement.incomplete(caller, ask.label(), request, "purposes");
        }
        if (scope.isEmpty()) {
            throw enforcement.outOfScope(caller, ask.label(), request);
        }
        BiFunction<Permit, Tally, T> narrowed = (permit, tally) -> work.apply(permit.narrowedTo(scope.get()), tally);
        Supplier<T> real = () -> enforcement.decide(caller, ask.label(), request, enforcement.answerTo(ask), narrowed);
        return caller.organisation() != null && Requests.byId(ask)
                ? rehearsals.alike(caller.organisation(), request, permit -> narrowed.apply(permit, new Tally()), real)
                : real.get();
    }

    /**
     * A delivery long after it was asked for, decided now (consent-semantics.md §15) as if the subscriber asked again. The work
     * may run again as in {@link #perform}; one entry is written when it finds something.
     *
     * @param subscriber who asked for it, with the scopes and purposes of then
     * @param ask as it was then
     * @param silent a refusal leaves no entry: it stands in the log already
     */
    public <T> Delivery<T> deliver(
            Caller subscriber, Ask ask, boolean silent, BiFunction<Permit, Tally, Optional<T>> work) {
        AccessRequest request = requests.of(subscriber, ask);
        Optional<Predicate> scope = SmartScopes.of(subscriber).narrowing(ask.interaction(), ask.types());
        return enforcement.deliver(
                subscriber,
                ask.label(),
                request,
                silent,
                (permit, tally) -> scope.flatMap(rows -> work.apply(permit.narrowedTo(rows), tally)));
    }

    /**
     * The question of work that lasts, asked again (consent-semantics.md §15). A refusal leaves an entry; a permit none, for the
     * work has its own.
     *
     * @param caller who asked first, with the scopes and purposes of then
     * @return empty when the answer is no by now
     * @throws phr.fhir.failure.FailureException NOT_FOUND for a person whom the caller does not know
     */
    public Optional<Permit> again(Caller caller, Ask ask) {
        AccessRequest request = requests.of(caller, ask);
        return SmartScopes.of(caller).narrowing(ask.interaction(), ask.types()).flatMap(rows -> enforcement
                .again(caller, ask.label(), request)
                .map(permit -> permit.narrowedTo(rows)));
    }

    /**
     * An act of the gateway itself for the person who is logged in, such as storing her Patient when she registers: capacity
     * SELF, purpose PATRQT, no scope asked.
     */
    public <T> T performForSelf(PersonId person, Action action, String label, Function<Permit, T> work) {
        Caller caller = current.get();
        return enforcement.decide(caller, label, requests.ofSelf(caller, person, action), work);
    }

    /** As {@link #performForSelf}, for a person without login whom the caller registers now. */
    public <T> T performForDependant(PersonId person, Action action, String label, Function<Permit, T> work) {
        Caller caller = current.get();
        return enforcement.decide(caller, label, requests.ofDependant(caller, person, action), work);
    }

    /**
     * Decides the same question again, for what is delivered long after the work has run (consent-semantics.md §15).
     *
     * @throws StalePermitException when the answer is no by now
     */
    public void confirm(Permit permit) {
        if (!enforcement.stands(permit)) {
            throw new StalePermitException();
        }
    }

    /** Of a person who was erased nothing is remembered. */
    public void forget(PersonId person) {
        rehearsals.forget(person);
        requests.forget();
    }

    /** The refusal of acts that no consent decides, such as breaking the glass: like every other (consent-semantics.md §14). */
    public RuntimeException consentRequired() {
        return enforcement.consentRequired();
    }

    /** The id by which the holder of the permit knows the person: her own id, or the pairwise id of the organisation. */
    public String patientId(Permit permit) {
        return requests.patientId(permit.request());
    }
}
