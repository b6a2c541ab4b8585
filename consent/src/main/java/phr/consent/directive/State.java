package phr.consent.directive;

import java.util.Set;

/** State of a directive (consent-semantics.md §10.1). */
public enum State {
    PROPOSED,
    REFUSED,
    ACTIVE,
    SUPERSEDED,
    REVOKED,
    EXPIRED,
    PENDING_RECONSENT,
    FROZEN,
    SUSPENDED,
    ENTERED_IN_ERROR;

    private static final Set<State> DENIES_ACT = Set.of(ACTIVE, FROZEN, SUSPENDED);

    /** Does a directive in this state take part in decisions? Permits only while active; denies survive freezing and suspension. */
    public boolean acts(Effect effect) {
        return effect.permits() ? this == ACTIVE : DENIES_ACT.contains(this);
    }
}
