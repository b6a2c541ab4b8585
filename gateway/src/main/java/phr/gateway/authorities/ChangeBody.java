package phr.gateway.authorities;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.Evidence;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.web.JsonBody;

/**
 * Why something changes; may be missing.
 *
 * @param reviewDue of a review: the next date
 */
public record ChangeBody(
        @Nullable String reason,
        @Nullable EvidenceBody evidence,
        @Nullable String reviewDue) {

    private static final int LONGEST = 1000;

    /** @throws phr.fhir.failure.FailureException MALFORMED, INVALID */
    public static ChangeBody read(@Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JsonBody.bytes(body);
        if (bytes.length == 0) {
            return new ChangeBody(null, null, null);
        }
        ChangeBody change = JsonBody.read(new ByteArrayInputStream(bytes), ChangeBody.class);
        if (change.reason() != null && change.reason().length() > LONGEST) {
            throw Failure.of(Category.INVALID, "reason", "a reason has at most 1000 characters", "/reason")
                    .exception();
        }
        return change;
    }

    public @Nullable Evidence proof() {
        return EvidenceBody.optional(evidence);
    }
}
