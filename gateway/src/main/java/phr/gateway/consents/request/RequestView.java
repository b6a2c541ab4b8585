package phr.gateway.consents.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Summary;

/**
 * A request as one of the two sides sees it.
 *
 * @param patient for the organisation: the id by which it knows the person
 * @param requester for the person
 * @param directive what is asked for, native form
 * @param summary the same for the person
 * @param text words of the organisation
 * @param notice the policy text shown with the question
 * @param warnings for the person: what she should know before she answers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestView(
        UUID id,
        String status,
        @Nullable String patient,
        @Nullable Requester requester,
        JsonNode directive,
        @Nullable Summary summary,
        @Nullable String text,
        @Nullable String benefit,
        Shown notice,
        String recordedAt,
        String expiresAt,
        @Nullable List<ConsentAnswers.Finding> warnings,
        @Nullable Answered answer) {

    /** Who asks. */
    record Requester(
            String id,
            @Nullable String name,
            List<String> classes,
            @Nullable String country) {}

    /** Where to read the text, and its hash. */
    record Shown(String id, int version, String language, String sha256, String url) {}

    /**
     * @param reason for the person: her own words
     * @param directive id of the permit that was granted
     * @param version of it when it was granted
     * @param granted for the organisation: its own permit as it stands now, native form
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answered(
            String type,
            String at,
            @Nullable String reason,
            @Nullable UUID directive,
            @Nullable Integer version,
            @Nullable JsonNode granted) {}

    /** An approved request and the permit it led to. */
    record Approved(RequestView request, ConsentAnswers.Answer consent) {}
}
