package phr.consent.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.State;
import phr.consent.lifecourse.AgeBands;

/** What becomes of a state by time alone (consent-semantics.md §10.1): silence is never consent, and what is over is over. */
final class Lapse {

    /** So long a proposal waits for the yes of somebody else. */
    static final Duration PROPOSAL = Duration.ofDays(14);

    private Lapse() {}

    /**
     * @param since when it came into this state
     * @param validTo end of its validity, exclusive
     */
    static State of(State state, Instant since, @Nullable Instant validTo, Instant at) {
        boolean over = validTo != null && !at.isBefore(validTo);
        return switch (state) {
            case PROPOSED -> over || !at.isBefore(since.plus(PROPOSAL)) ? State.REFUSED : state;
            case PENDING_RECONSENT -> over ? State.EXPIRED : waited(state, since, at);
            case ACTIVE, SUSPENDED -> over ? State.EXPIRED : state;
            default -> state;
        };
    }

    private static State waited(State state, Instant since, Instant at) {
        return at.isBefore(AgeBands.JAPAN.waitsUntil(since)) ? state : State.REVOKED;
    }
}
