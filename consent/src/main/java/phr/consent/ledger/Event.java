package phr.consent.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.State;

/**
 * What happened to a directive. Events are only added; the state is their fold (consent-semantics.md §9, §10.1).
 *
 * @param version of the directive it is about
 * @param seq from 1, per directive
 * @param authority under which a proxy acted; null for the person herself, a recipient and the operator
 */
public record Event(
        int version,
        int seq,
        Type type,
        Instant recordedAt,
        String actor,
        @Nullable String reason,
        @Nullable UUID authority) {

    /** Events and the state each leads to; one that leads to none leaves the state as it was. */
    public enum Type {
        /** Waits for somebody whose yes is needed. */
        PROPOSED(State.PROPOSED),
        /** Another holder of authority says yes. */
        COSIGNED(null),
        /** A child of the assent band says yes, or a holder records that she did. */
        ASSENTED(null),
        /** Refused, or the proposal lapsed. */
        REFUSED(State.REFUSED),
        /** First, or again after revocation or expiry. */
        GRANTED(State.ACTIVE),
        /** A newer version replaces an active one. */
        AMENDED(State.ACTIVE),
        /** Waits for the person herself to confirm it. */
        RECONSENT_ASKED(State.PENDING_RECONSENT),
        /** She confirmed it. */
        RECONSENTED(State.ACTIVE),
        REVOKED(State.REVOKED),
        /** Given back by the recipient. */
        RENOUNCED(State.REVOKED),
        SUSPENDED(State.SUSPENDED),
        RESUMED(State.ACTIVE),
        ENTERED_IN_ERROR(State.ENTERED_IN_ERROR);

        private final @Nullable State leadsTo;

        Type(@Nullable State leadsTo) {
            this.leadsTo = leadsTo;
        }

        /** Leads to a state. */
        boolean decides() {
            return leadsTo != null;
        }

        /** State of the directive after it. */
        public State after(State before) {
            return leadsTo == null ? before : leadsTo;
        }
    }
}
