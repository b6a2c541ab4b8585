package phr.gateway.consents.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.gateway.consents.Summary;

/**
 * What is shared with one recipient.
 *
 * @param stop how to stop everything of it, in one step; only for an organisation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SharedView(
        Recipient recipient,
        List<Shared> consents,
        @Nullable Reads reads,
        @Nullable Step stop) {

    /**
     * Whom a directive names.
     *
     * @param kind of consent-semantics.md §4.1
     * @param stopped a deny of the person stands against it: nothing below opens anything
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Recipient(
            String kind, @Nullable String id, @Nullable String name, boolean stopped) {}

    /**
     * One directive.
     *
     * @param until dateTime; missing: without end
     * @param withdraw how to withdraw it, in one step
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shared(
            String id,
            int version,
            String state,
            Summary summary,
            @Nullable String until,
            @Nullable Reads reads,
            @Nullable Step withdraw,
            @Nullable Step renew) {}

    /** From the access log. */
    record Reads(long count, String last) {}

    /** One request. */
    record Step(String method, String url) {}
}
