package phr.consent.engine;

/** Whether a permit covers, as far as a machine can tell; in order of strength. */
enum Judgement {
    COVERED,
    /** A human must judge. */
    HUMAN,
    NOT_COVERED;

    Judgement and(Judgement other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
