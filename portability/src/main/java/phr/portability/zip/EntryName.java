package phr.portability.zip;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of entries: what is refused, and when two are the same. */
final class EntryName {

    private static final int LONGEST = 255;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private EntryName() {}

    /**
     * The name with {@code /} between segments and without a final one.
     *
     * @throws phr.fhir.failure.FailureException when the name could leave the container or is no sensible name
     */
    static String safe(String raw) {
        String name = raw.replace('\\', '/');
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.malformed("PKG-NAME", "an entry name is empty, over-long or holds control characters", null);
        }
        if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
            throw Refusal.malformed("PKG-PATH", "an entry name is an absolute path", null);
        }
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.startsWith("~")) {
                throw Refusal.malformed("PKG-PATH", "an entry name could point outside the container", null);
            }
        }
        return name;
    }

    /** Equal for names that some file system takes for one. */
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Files that operating systems leave behind. */
    static boolean litter(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/")
                || name.contains("/__MACOSX/")
                || name.equals("__MACOSX")
                || last.equals(".DS_Store")
                || last.equalsIgnoreCase("Thumbs.db")
                || last.equalsIgnoreCase("desktop.ini");
    }
}
