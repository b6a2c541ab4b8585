package phr.gateway.ingest.upload.repeated;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): a string in quotes; many leave them out. */
public final class RequestKey {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern QUOTED = Pattern.compile("\"([\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255})\"");
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._~:/+=-]{1,255}");

    private RequestKey() {}

    /**
     * @return null when there is none
     * @throws phr.fhir.failure.FailureException MALFORMED when it is no key
     */
    public static @Nullable String parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return quoted.group(1);
        } else if (BARE.matcher(text).matches()) {
            return text;
        }
        throw Failure.of(Category.MALFORMED, "IDM-1", "a string of 1 to 255 characters expected", "http." + HEADER)
                .exception();
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED: whoever sends batches has to be able to send one again */
    public static void demand(@Nullable String key) {
        if (key == null) {
            throw Failure.of(Category.MALFORMED, "IDM-2", "batches of samples need a key", "http." + HEADER)
                    .exception();
        }
    }
}
