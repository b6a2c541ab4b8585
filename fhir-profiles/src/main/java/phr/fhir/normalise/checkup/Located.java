package phr.fhir.normalise.checkup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.xml.Element;

/** Issues of one document: each with XPath, line and the name of the file inside a container. */
final class Located {

    /** A broken or hostile file must not make an answer of megabytes. */
    private static final int MOST = 500;

    private final Findings findings;
    private final @Nullable String entry;
    private int count;

    Located(Findings findings, @Nullable String entry) {
        this.findings = findings;
        this.entry = entry;
    }

    void error(String code, String rule, String text, Element at) {
        add(Issue.Severity.ERROR, code, rule, text, places(at));
    }

    void warning(String code, String rule, String text, Element at) {
        add(Issue.Severity.WARNING, code, rule, text, places(at));
    }

    void information(String code, String rule, String text, Element at) {
        add(Issue.Severity.INFORMATION, code, rule, text, places(at));
    }

    void add(Issue.Severity severity, String code, String rule, String text, List<String> places) {
        if (count == MOST) {
            findings.issue(new Issue(
                    Issue.Severity.WARNING, "too-costly", "CDA-R8", "more findings than are listed", List.of(), entry));
        }
        if (count++ < MOST) {
            findings.issue(new Issue(severity, code, rule, text, places, entry));
        }
    }

    static List<String> places(Element at) {
        return List.of(at.path, "line " + at.line);
    }
}
