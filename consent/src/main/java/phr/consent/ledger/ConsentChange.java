package phr.consent.ledger;

import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;

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
}
