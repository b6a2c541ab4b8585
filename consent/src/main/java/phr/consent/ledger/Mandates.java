package phr.consent.ledger;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import phr.consent.directive.Directive;
import phr.consent.directive.State;
import phr.fhir.PersonId;

/**
 * Whether somebody may do what she is about to do to the directives of a person (consent-semantics.md §10.1, §10.2, §11). The ledger
 * asks before it writes.
 */
public interface Mandates {

    /** Who else must say yes before a directive is in force. */
    enum Open {
        /** The other holders of authority. */
        COSIGNATURE,
        /** The child herself (12 to 14). */
        ASSENT
    }

    /**
     * Somebody writes a directive, new or as the next version.
     *
     * @throws phr.fhir.failure.FailureException FORBIDDEN without the power to, INVALID beyond its scope (L-3)
     */
    void write(PersonId person, Directive draft, Act act, Instant now);

    /**
     * Somebody replaces or revokes what stands there.
     *
     * @param widening it would open more than before
     * @throws phr.fhir.failure.FailureException FORBIDDEN
     */
    void change(PersonId person, Recorded current, boolean widening, Act act, Instant now);

    /**
     * Somebody says no to what an organisation asks for.
     *
     * @param asked the permit that is asked for
     * @throws phr.fhir.failure.FailureException FORBIDDEN for a proxy without the power to decide it
     */
    void refuse(PersonId person, Directive asked, Act act, Instant now);

    /**
     * Whose yes is missing still.
     *
     * @param yes events of this version so far that say yes
     */
    List<Open> open(PersonId person, Directive directive, Act act, List<Event> yes, Instant now);

    /**
     * In which state directives show at an instant: as recorded, and then by the stage of life (§10.1, §11).
     *
     * @param known nothing recorded later counts
     */
    Function<Directive, State> standing(PersonId person, Instant at, Instant known);
}
