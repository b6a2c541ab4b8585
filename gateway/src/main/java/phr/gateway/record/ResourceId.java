package phr.gateway.record;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of this gateway are UUIDs in lower case; any other id names nothing. */
final class ResourceId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private ResourceId() {}

    static Optional<UUID> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
