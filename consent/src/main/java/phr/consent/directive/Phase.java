package phr.consent.directive;

/** Before or after the person's death (consent-semantics.md §4.1). */
public enum Phase {
    LIFE,
    AFTER_DEATH
}
