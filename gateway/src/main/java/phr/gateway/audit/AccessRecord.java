package phr.gateway.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the access log with the end of its delivery, for the ledgers.
 *
 * @param detail canonical JSON: counterparts, items, source; null when there are none
 * @param ended {@code COMPLETE} or {@code BROKEN}; null when nothing was streamed, or its end is not known
 * @param delivered canonical JSON of what was streamed
 */
public record AccessRecord(
        long seq,
        Instant at,
        @Nullable String organisation,
        @Nullable String organisationName,
        String app,
        @Nullable String user,
        String action,
        String interaction,
        List<String> purposes,
        boolean permitted,
        String reason,
        List<String> directives,
        @Nullable String detail,
        @Nullable String ended,
        @Nullable String delivered,
        String previousHash,
        String hash) {

    AccessRecord withDirectives(List<String> named) {
        return new AccessRecord(
                seq,
                at,
                organisation,
                organisationName,
                app,
                user,
                action,
                interaction,
                purposes,
                permitted,
                reason,
                named,
                detail,
                ended,
                delivered,
                previousHash,
                hash);
    }
}
