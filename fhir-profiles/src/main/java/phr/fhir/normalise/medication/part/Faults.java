package phr.fhir.normalise.medication.part;

import java.util.ArrayList;
import java.util.List;
import phr.fhir.failure.Issue;
import phr.fhir.failure.Issue.Severity;
import phr.fhir.normalise.Findings;

/** What was found in one notebook, kept back until it is known whose it is; and how many of its lines are in the original only. */
public final class Faults {

    /** More than anybody reads; a broken or hostile file must not fill the memory with them. */
    private static final int MOST = 500;

    private final List<Issue> issues = new ArrayList<>();
    private int unlisted;
    private int leftOut;

    public void error(String code, String rule, String text, Place at) {
        add(at.issue(Severity.ERROR, code, rule, text));
    }

    public void warning(String code, String rule, String text, Place at) {
        add(at.issue(Severity.WARNING, code, rule, text));
    }

    public void information(String code, String rule, String text, Place at) {
        add(at.issue(Severity.INFORMATION, code, rule, text));
    }

    /** The line is kept in the original only. */
    public void leaveOut(Severity severity, String code, String rule, String text, Place at) {
        leftOut++;
        add(at.issue(severity, code, rule, text + "; the line is in the original only"));
    }

    /** More lines that are in the original only, for a reason already told. */
    public void leaveOut(int lines) {
        leftOut += lines;
    }

    /** Lines that became nothing. */
    public int leftOut() {
        return leftOut;
    }

    /** Tells everything. */
    public void tell(Findings findings) {
        issues.forEach(findings::issue);
        if (unlisted > 0) {
            findings.issue(
                    Issue.warning("informational", "ING-2", "findings that are not listed one by one: " + unlisted));
        }
    }

    private void add(Issue issue) {
        if (issues.size() < MOST) {
            issues.add(issue);
        } else {
            unlisted++;
        }
    }
}
