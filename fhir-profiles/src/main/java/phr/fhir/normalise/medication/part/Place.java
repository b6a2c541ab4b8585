package phr.fhir.normalise.medication.part;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;

/**
 * Where a line stands.
 *
 * @param entry name of the file inside an archive, null for a single file
 * @param line from 1
 */
public record Place(@Nullable String entry, int line) {

    /** As findings name it. */
    public String expression() {
        return "line " + line;
    }

    /** A finding at this line. */
    public Issue issue(Issue.Severity severity, String code, String rule, String text) {
        return new Issue(severity, code, rule, text, List.of(expression()), entry);
    }
}
