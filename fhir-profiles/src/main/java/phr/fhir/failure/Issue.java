package phr.fhir.failure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding about an input, located and without any value of a record.
 *
 * @param severity FHIR {@code issue-severity}
 * @param code FHIR {@code issue-type}, e.g. {@code code-invalid}, {@code structure}, {@code business-rule}
 * @param rule the rule that found it, e.g. {@code N-1}, {@code CDA-R8}
 * @param text for people; names elements, never values
 * @param expressions where: FHIRPath, XPath or {@code line 17}
 * @param entry name of the file inside a container, if any
 * @param link address where the caller can do something about it, if any
 */
public record Issue(
        Severity severity,
        String code,
        String rule,
        String text,
        List<String> expressions,
        @Nullable String entry,
        @Nullable String link) {

    public enum Severity {
        FATAL,
        ERROR,
        WARNING,
        INFORMATION
    }

    public Issue {
        expressions = List.copyOf(expressions);
    }

    public Issue(
            Severity severity,
            String code,
            String rule,
            String text,
            List<String> expressions,
            @Nullable String entry) {
        this(severity, code, rule, text, expressions, entry, null);
    }

    public static Issue error(String code, String rule, String text, String... expressions) {
        return new Issue(Severity.ERROR, code, rule, text, List.of(expressions), null);
    }

    public static Issue warning(String code, String rule, String text, String... expressions) {
        return new Issue(Severity.WARNING, code, rule, text, List.of(expressions), null);
    }

    public static Issue information(String code, String rule, String text, String... expressions) {
        return new Issue(Severity.INFORMATION, code, rule, text, List.of(expressions), null);
    }

    /** The same finding with the place in the file before its element, e.g. {@code line 17}. */
    public Issue at(String place) {
        List<String> located = new ArrayList<>(List.of(place));
        located.addAll(expressions);
        return new Issue(severity, code, rule, text, located, entry, link);
    }

    /** The same finding inside the named file of a container. */
    public Issue in(String entryName) {
        return new Issue(severity, code, rule, text, expressions, entryName, link);
    }

    /** The same finding with the address where the caller can do something about it. */
    public Issue linking(String address) {
        return new Issue(severity, code, rule, text, expressions, entry, address);
    }
}
