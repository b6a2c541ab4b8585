package phr.gateway.consents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.web.JsonBody;

/**
 * The body of a revocation; may be missing, since withdrawing must not take more steps than giving (consent-semantics.md §10.1).
 *
 * @param reason in the person's words
 */
public record Revocation(@Nullable String reason) {

    private static final int LONGEST = 1000;

    public static @Nullable String reason(@Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JsonBody.bytes(body);
        if (bytes.length == 0) {
            return null;
        }
        String reason =
                JsonBody.read(new ByteArrayInputStream(bytes), Revocation.class).reason();
        if (reason != null && reason.length() > LONGEST) {
            throw Failure.of(Category.INVALID, "reason", "a reason has at most 1000 characters", "/reason")
                    .exception();
        }
        return reason;
    }
}
