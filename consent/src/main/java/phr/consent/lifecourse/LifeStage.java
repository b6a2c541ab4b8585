package phr.consent.lifecourse;

/** Who decides at this point of a life (consent-semantics.md §11). Ages by the {@link AgeBands} in force. */
public enum LifeStage {
    /** 0–11: the guardian. */
    CHILD,
    /** 12–14: the guardian with the child's assent. */
    ASSENT,
    /** 15–17: the child alone for some categories, either of them for the rest. */
    ADOLESCENT,
    /** No birth date: as a minor, and third parties need a human. */
    UNKNOWN_AGE,
    ADULT,
    /** Verified loss of capacity of an adult. */
    INCAPACITATED,
    /** Somebody reported the death: third parties get nothing until it is verified or withdrawn. */
    DECEASED_REPORTED,
    /** Verified death: only the after-death wishes. */
    DECEASED;

    /** A guardian decides or helps to decide. */
    public boolean minor() {
        return this == CHILD || this == ASSENT || this == ADOLESCENT || this == UNKNOWN_AGE;
    }
}
