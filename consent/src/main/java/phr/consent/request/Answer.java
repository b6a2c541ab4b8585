package phr.consent.request;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What ended a request.
 *
 * @param type APPROVED, REFUSED or WITHDRAWN
 * @param actor account that answered
 * @param reason in the words of who answered
 * @param directive the permit of an approval
 * @param version of that permit when it was granted
 */
public record Answer(
        RequestStatus type,
        Instant at,
        String actor,
        @Nullable String reason,
        @Nullable UUID directive,
        @Nullable Integer version) {}
