package phr.portability;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A literal reference {@code Type/id} with optional version.
 *
 * @param version of {@code /_history/n}
 */
record Reference(String type, String id, @Nullable String version) {

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})(?:/_history/([A-Za-z0-9.-]{1,64}))?");

    /** @param base absolute references below it count as relative */
    static Optional<Reference> parse(String text, String base) {
        String relative = text.startsWith(base + "/") ? text.substring(base.length() + 1) : text;
        Matcher matcher = RELATIVE.matcher(relative);
        return matcher.matches()
                ? Optional.of(new Reference(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** {@code Type/id}. */
    String target() {
        return type + "/" + id;
    }
}
