package phr.gateway.authorities;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Times in bodies and queries: ISO 8601 with offset. */
public final class Moments {

    private Moments() {}

    /** @throws phr.fhir.failure.FailureException MALFORMED, located */
    public static Instant parse(String text, String where) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Failure.of(Category.MALFORMED, "time", "a time with offset is expected", where)
                    .exception();
        }
    }

    /** As {@link #parse}; null stays null. */
    public static @Nullable Instant parseIfGiven(@Nullable String text, String where) {
        return text == null ? null : parse(text, where);
    }
}
