package phr.consent.trace;

/** Reasons of a decision (consent-semantics.md §16.1). */
public enum Reason {
    SELF,
    PROXY,
    CONSENT,
    STATUTORY,
    EMERGENCY,
    INCOMPLETE,
    LAW,
    AUTHORITY,
    EXPLICIT,
    DEFAULT,
    STALE_POLICY,
    INDETERMINATE,
    HUMAN
}
