package phr.gateway.consents.pending;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Summary;

/**
 * A permit that waits and opens nothing.
 *
 * @param cause {@code majority}: a guardian gave it, and she has come of age; {@code custody}: who gave it has lost custody;
 *     {@code transfer}: it came from another provider
 * @param provider it came from
 * @param directive native form (consent-semantics.md §16.4)
 * @param until silence ends it then, or its own validity before that
 * @param bridge until when it still opens for treatment what it opened before; missing: it opens nothing
 * @param warnings what she should know before she confirms it; an error means that it cannot be confirmed as it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PendingView(
        UUID id,
        String cause,
        @Nullable String provider,
        JsonNode directive,
        Summary summary,
        String until,
        @Nullable String bridge,
        @Nullable List<ConsentAnswers.Finding> warnings) {}
