package phr.gateway.consents.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.gateway.web.JsonBody;

/**
 * An approval. Nothing has to be said: to grant must not take more than to refuse.
 *
 * @param directive a narrower permit; missing: as asked
 * @param language of the policy text that was shown; Japanese when missing
 */
public record ApproveBody(
        @Schema(description = "native directive, narrower than the one asked for") @Nullable
        JsonNode directive,

        @Nullable String language) {

    /** An empty body says nothing. */
    public static ApproveBody of(@Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JsonBody.bytes(body);
        return bytes.length == 0
                ? new ApproveBody(null, null)
                : JsonBody.read(new ByteArrayInputStream(bytes), ApproveBody.class);
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED, located */
    public @Nullable Directive narrower() {
        return directive == null || directive.isNull() ? null : DirectiveReader.read(directive);
    }
}
