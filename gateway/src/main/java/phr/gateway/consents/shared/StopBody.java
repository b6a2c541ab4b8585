package phr.gateway.consents.shared;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Emergency;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.web.JsonBody;

/**
 * How to stop; nothing has to be said.
 *
 * @param emergency {@code allowed}: a valid emergency still opens the record; {@code never} when missing: stop means stop
 * @param reason in the person's words
 */
record StopBody(@Nullable String emergency, @Nullable String reason) {

    private static final int LONGEST = 1000;

    static StopBody of(@Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JsonBody.bytes(body);
        StopBody read = bytes.length == 0
                ? new StopBody(null, null)
                : JsonBody.read(new ByteArrayInputStream(bytes), StopBody.class);
        if (read.reason != null && read.reason.length() > LONGEST) {
            throw Failure.of(Category.INVALID, "reason", "a reason has at most 1000 characters", "/reason")
                    .exception();
        }
        return read;
    }

    Emergency choice() {
        if (emergency == null) {
            return Emergency.NEVER;
        }
        return Stream.of(Emergency.values())
                .filter(value -> value.code().equals(emergency))
                .findFirst()
                .orElseThrow(() -> Failure.of(Category.MALFORMED, "stop", "is none of the allowed values", "/emergency")
                        .exception());
    }
}
