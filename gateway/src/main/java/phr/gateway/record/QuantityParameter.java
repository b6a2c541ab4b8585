package phr.gateway.record;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.gateway.record.QuantityFilter.Prefix;
import phr.gateway.record.QuantityFilter.Sought;

/**
 * A quantity parameter (FHIR R4 search §3.1.1.4.11): {@code [prefix][number]}, {@code [prefix][number]|[system]|[code]} or
 * {@code [prefix][number]||[code]}, alternatives separated by commas, escapes {@code \, \| \$ \\}.
 */
final class QuantityParameter {

    private static final Pattern NUMBER = Pattern.compile(
            "(?<prefix>eq|ne|lt|gt|le|ge|sa|eb|ap)?(?<number>[+ -]?\\d{1,30}(\\.\\d{1,30})?([eE][+ -]?\\d{1,2})?)");

    private QuantityParameter() {}

    /** @throws phr.fhir.failure.FailureException MALFORMED when it is none */
    static QuantityFilter parse(String name, String value) {
        List<Sought> alternatives = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,|$".indexOf(value.charAt(i)) < 0) {
                    throw malformed(name);
                }
                part.append(value.charAt(i));
            } else if (c == '|' || c == ',') {
                parts.add(part.toString());
                part.setLength(0);
                if (c == ',') {
                    alternatives.add(sought(name, parts));
                    parts.clear();
                }
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        alternatives.add(sought(name, parts));
        return new QuantityFilter(alternatives);
    }

    private static Sought sought(String name, List<String> parts) {
        Matcher form = NUMBER.matcher(parts.get(0));
        boolean unit = parts.size() == 3 && !parts.get(2).isBlank();
        if (!form.matches() || parts.size() != 1 && !unit) {
            throw malformed(name);
        }
        String prefix = form.group("prefix");
        return new Sought(
                prefix == null ? Prefix.EQ : Prefix.valueOf(prefix.toUpperCase(Locale.ROOT)),
                // A plus sign that was not escaped in the address arrives as a space.
                new BigDecimal(form.group("number").replace(' ', '+')),
                unit && !parts.get(1).isEmpty() ? parts.get(1) : null,
                unit ? parts.get(2) : null);
    }

    private static RuntimeException malformed(String name) {
        return BadParameter.malformed(
                name,
                "prefix eq, ne, lt, gt, le, ge, sa, eb or ap and [number], [number]|[system]|[code] or [number]||[code]"
                        + " expected");
    }
}
