package phr.consent.lifecourse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a life (consent-semantics.md §9). A withdrawn report is no event: whoever reads the events leaves it
 * out, which restores everything.
 *
 * @param verified by a second person with evidence
 * @param reportedAt nothing follows from it before
 * @param authority id of the authority that ends with it: the former holder's, of a CUSTODY_CHANGE
 */
public record LifeEvent(
        Type type,
        Instant effectiveAt,
        boolean verified,
        Instant reportedAt,
        @Nullable String authority) {

    /** Kinds of event. */
    public enum Type {
        BIRTH_DATE_CONFIRMED,
        CAPACITY_LOST,
        CAPACITY_REGAINED,
        DEATH,
        CUSTODY_CHANGE,
        /** DV等支援措置 */
        PROTECTED_ADDRESS,
        SERVICE_END
    }

    /** An event that ends no authority. */
    public LifeEvent(Type type, Instant effectiveAt, boolean verified, Instant reportedAt) {
        this(type, effectiveAt, verified, reportedAt, null);
    }

    /** Has happened and is known. */
    boolean knownAt(Instant now) {
        return !effectiveAt.isAfter(now) && !reportedAt.isAfter(now);
    }
}
