package phr.consent.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.State;

/**
 * A change of what a person permits or denies. Fired as CDI event inside the transaction that makes the change: what an observer
 * writes is committed with it or not at all (consent-semantics.md §15).
 *
 * @param after the directive as it stands now
 * @param before the version that it replaces; null when it is new
 */
public record ConsentChange(
        Kind kind, Recorded after, @Nullable Directive before) {

    public enum Kind {
        GRANTED,
        /** New content of an active directive. */
        CHANGED,
        /** Revoked, frozen, suspended or ended: permits nothing any more. */
        REVOKED
    }

    /** What a change of one directive means for its recipients; nothing when it permits and denies as before. */
    static Optional<ConsentChange> between(@Nullable Directive before, Recorded after) {
        boolean acted = before != null && before.state() == State.ACTIVE;
        boolean acts = after.directive().state() == State.ACTIVE;
        if (acts) {
            return Optional.of(new ConsentChange(acted ? Kind.CHANGED : Kind.GRANTED, after, before));
        }
        return acted ? Optional.of(new ConsentChange(Kind.REVOKED, after, before)) : Optional.empty();
    }
}
