package phr.consent.directive;

/** What a directive does where it matches. */
public enum Effect {
    PERMIT,
    DENY;

    public boolean permits() {
        return this == PERMIT;
    }
}
