package phr.consent.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a request stands (consent-semantics.md §10.1); only {@link #APPROVED} has ever opened anything. */
public enum RequestStatus {
    OPEN,
    APPROVED,
    REFUSED,
    /** Taken back by the requester. */
    WITHDRAWN,
    /** Expired without an answer; the same as refused. */
    LAPSED;

    static RequestStatus at(Instant now, Instant expiresAt, @Nullable Answer answer) {
        if (answer != null) {
            return answer.type();
        }
        return now.isBefore(expiresAt) ? OPEN : LAPSED;
    }
}
