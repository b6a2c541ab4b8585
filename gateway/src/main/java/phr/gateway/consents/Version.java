package phr.gateway.consents;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The header {@code If-Match: "2"}. */
public final class Version {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([1-9][0-9]{0,8})\"");

    private Version() {}

    /** @throws phr.fhir.failure.FailureException MALFORMED without it: blind overwriting is not offered */
    public static int parse(@Nullable String header) {
        Matcher tag = TAG.matcher(header == null ? "" : header.strip());
        if (!tag.matches()) {
            throw Failure.of(Category.MALFORMED, "if-match", "the header If-Match must name the version", "If-Match")
                    .exception();
        }
        return Integer.parseInt(tag.group(1));
    }
}
