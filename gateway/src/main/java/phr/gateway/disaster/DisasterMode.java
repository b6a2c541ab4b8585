package phr.gateway.disaster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Disaster mode of an area: switched by one operator, in force when another one has approved it.
 *
 * @param areas municipality codes
 * @param starts inclusive
 * @param ends exclusive, as switched
 * @param endedAt when an operator ended it early
 */
record DisasterMode(
        UUID id,
        List<String> areas,
        Instant starts,
        Instant ends,
        String switchedBy,
        @Nullable String approvedBy,
        @Nullable Instant endedAt) {

    DisasterMode {
        areas = List.copyOf(areas);
    }

    /** Exclusive. */
    Instant until() {
        return endedAt != null && endedAt.isBefore(ends) ? endedAt : ends;
    }

    /** What an operator sees. */
    String state(Instant now) {
        if (endedAt != null || !now.isBefore(ends)) {
            return "ENDED";
        }
        if (approvedBy == null) {
            return "PROPOSED";
        }
        return now.isBefore(starts) ? "APPROVED" : "ACTIVE";
    }
}
