package phr.consent;

/** What the enforcement point must do with a permitted resource; one that it cannot do denies (consent-semantics.md §16.2). */
public enum Obligation {
    /** Labels travel to the recipient in {@code meta.security}. */
    KEEP_LABELS,
    /** Patient without name, address, telecom, photo, contact and day of birth (§4.2). */
    REDACT_DEMOGRAPHICS,
    /** References to resources hidden from the caller are removed (§14.2). */
    MASK_REFERENCES,
    /** The recipient promised not to hand the data on; carried in the response. */
    NO_ONWARD,
    /** The recipient promised not to store the data; carried in the response. */
    NO_STORE
}
