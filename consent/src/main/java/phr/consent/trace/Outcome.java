package phr.consent.trace;

/** Outcome of a decision. NEEDS_HUMAN is answered to a caller like a denial. */
public enum Outcome {
    PERMIT,
    NEEDS_HUMAN,
    DENY
}
