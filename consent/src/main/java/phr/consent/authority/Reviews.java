package phr.consent.authority;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** When an authority must be looked at again: at most twelve months ahead (consent-semantics.md §10.2). */
final class Reviews {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final int MONTHS = 12;

    private Reviews() {}

    /** @throws phr.fhir.failure.FailureException INVALID when it lies too far ahead or in the past */
    static Instant due(@Nullable Instant wanted, Instant now) {
        Instant latest = now.atZone(TOKYO).plusMonths(MONTHS).toInstant();
        if (wanted == null) {
            return latest;
        }
        if (wanted.isAfter(latest) || !wanted.isAfter(now)) {
            throw Failure.of(Category.INVALID, "CS-3", "a review is at most twelve months ahead", "/reviewDue")
                    .exception();
        }
        return wanted.truncatedTo(ChronoUnit.MICROS);
    }
}
