package phr.consent.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.State;

/**
 * What happened to a directive. Events are only added; the state is their fold (consent-semantics.md §9).
 *
 * @param version of the directive it is about
 * @param seq from 1, per directive
 */
public record Event(
        int version,
        int seq,
        Type type,
        Instant recordedAt,
        String actor,
        @Nullable String reason) {

    public enum Type {
        /** First, or again after revocation or expiry. */
        GRANTED(State.ACTIVE),
        /** A newer version replaces an active one. */
        AMENDED(State.ACTIVE),
        REVOKED(State.REVOKED);

        private final State leadsTo;

        Type(State leadsTo) {
            this.leadsTo = leadsTo;
        }

        State leadsTo() {
            return leadsTo;
        }
    }
}
