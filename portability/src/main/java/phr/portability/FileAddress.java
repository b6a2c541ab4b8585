package phr.portability;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of originals: {@code Binary/{id}} inside a gateway, {@code data/originals/{name}} inside a package. */
final class FileAddress {

    private static final Pattern BINARY =
            Pattern.compile("Binary/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private FileAddress() {}

    static boolean isInside(String url) {
        return url.startsWith(Names.ORIGINALS) || BINARY.matcher(url).matches();
    }

    /** The Binary behind the address, also when it is absolute below the base. */
    static Optional<UUID> binary(String url, String base) {
        String relative = url.startsWith(base + "/") ? url.substring(base.length() + 1) : url;
        Matcher matcher = BINARY.matcher(relative);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }
}
