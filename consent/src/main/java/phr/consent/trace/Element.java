package phr.consent.trace;

/** Elements of a directive in the order in which they are tested; the first that fails is told (consent-semantics.md §16.4). */
public enum Element {
    PERSON,
    STATE,
    LIFE_STAGE,
    PHASE,
    VALIDITY,
    PURPOSE,
    GRANTEE,
    COUNTRY,
    ACTION,
    SELECTOR,
    LABELS,
    DATA_PERIOD;

    /** The directive is not in force, whatever is asked; else it does not match this request. */
    public boolean inForceOnly() {
        return compareTo(VALIDITY) <= 0;
    }
}
