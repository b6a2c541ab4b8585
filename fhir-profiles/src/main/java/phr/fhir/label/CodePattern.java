package phr.fhir.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which codes of a system a rule means. Alternatives are separated by blanks: {@code =F32} that code, {@code F32*} all that begin
 * so, {@code F00..F99} a block by its first characters; with {@code !} in front all but those. Dots inside codes and the case of
 * letters do not count, since F32.1 and F321 are the same code.
 */
final class CodePattern {

    private static final Pattern WRITTEN = Pattern.compile(
            "(!?)(?:=([A-Za-z0-9./_-]+)|([A-Za-z0-9._-]+)\\*|([A-Za-z0-9]{1,8})\\.\\.([A-Za-z0-9]{1,8}))");

    /** Codes between the two, both included, as far as they are written. */
    private record Range(String first, String last, boolean whole) {

        boolean contains(String code) {
            if (whole) {
                return code.equals(first);
            }
            String head = code.length() < first.length() ? code : code.substring(0, first.length());
            return head.compareTo(first) >= 0 && head.compareTo(last) <= 0;
        }
    }

    private final List<Range> included;
    private final List<Range> excluded;

    private CodePattern(List<Range> included, List<Range> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    /** Null when it is not written so. */
    static @Nullable CodePattern parse(String text) {
        List<Range> included = new ArrayList<>();
        List<Range> excluded = new ArrayList<>();
        for (String alternative : text.trim().split(" +")) {
            Matcher written = WRITTEN.matcher(alternative);
            Range range = written.matches() ? range(written) : null;
            if (range == null) {
                return null;
            }
            (written.group(1).isEmpty() ? included : excluded).add(range);
        }
        return included.isEmpty() ? null : new CodePattern(included, excluded);
    }

    private static @Nullable Range range(Matcher written) {
        if (written.group(2) != null) {
            String code = bare(written.group(2));
            return new Range(code, code, true);
        }
        if (written.group(3) != null) {
            String prefix = bare(written.group(3));
            return prefix.isEmpty() ? null : new Range(prefix, prefix, false);
        }
        String first = bare(written.group(4));
        String last = bare(written.group(5));
        boolean ordered = first.length() == last.length() && first.compareTo(last) <= 0;
        return ordered ? new Range(first, last, false) : null;
    }

    boolean matches(String code) {
        String bare = bare(code);
        return included.stream().anyMatch(range -> range.contains(bare))
                && excluded.stream().noneMatch(range -> range.contains(bare));
    }

    private static String bare(String code) {
        return code.replace(".", "").toUpperCase(Locale.ROOT);
    }
}
