package phr.consent.directive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;

/**
 * A half-open interval of instants (consent-semantics.md §5).
 *
 * @param from inclusive; null = unbounded
 * @param until exclusive; null = unbounded
 */
public record Window(@Nullable Instant from, @Nullable Instant until) {

    /** No bounds; as {@code dataPeriod} the explicit value ANY, which also takes data of unknown time. */
    public static final Window ANY = new Window(null, null);

    public boolean any() {
        return from == null && until == null;
    }

    public boolean contains(Instant instant) {
        return (from == null || !instant.isBefore(from)) && (until == null || instant.isBefore(until));
    }

    /** As a permit: the data time is known and lies inside. */
    public boolean covers(DataTime time) {
        if (any()) {
            return true;
        }
        return time.known()
                && (from == null || time.from() != null && !time.from().isBefore(from))
                && (until == null || time.to() != null && !time.to().isAfter(until));
    }

    /** As a deny: the data time is unknown or shares an instant. */
    public boolean touches(DataTime time) {
        if (any() || !time.known()) {
            return true;
        }
        boolean beginsBeforeEnd =
                until == null || time.from() == null || time.from().isBefore(until);
        boolean endsAfterBegin = from == null || time.to() == null || time.to().isAfter(from);
        return beginsBeforeEnd && endsAfterBegin;
    }
}
