package phr.gateway.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the access log as the person sees it. */
record EntryView(
        long seq,
        String at,
        @Nullable String organisation,
        @Nullable String organisationName,
        String app,
        @Nullable String user,
        String action,
        String interaction,
        List<String> purposes,
        String outcome,
        String reason,
        List<String> directives,

        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String detail,

        String hash) {

    /** @param directives those that may be named */
    static EntryView of(AuditEntry entry, List<String> directives) {
        return new EntryView(
                entry.seq(),
                entry.at().toString(),
                entry.organisation(),
                entry.organisationName(),
                entry.app(),
                entry.user(),
                entry.action(),
                entry.interaction(),
                entry.purposes(),
                entry.outcome(),
                entry.reason(),
                directives,
                entry.detail(),
                entry.hash().hex());
    }
}
