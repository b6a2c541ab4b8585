package phr.fhir.normalise.checkup;

import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.MyNumber;

/**
 * Looks for a My Number where nothing is mapped from, so that the validator would not see it (regulation.md REQ-SEC-2). One
 * hit is enough: the original is not kept.
 */
final class MyNumberGuard {

    private final Findings findings;
    private final @Nullable String entry;
    private boolean found;

    MyNumberGuard(Findings findings, @Nullable String entry) {
        this.findings = findings;
        this.entry = entry;
    }

    /** Identifiers, labels and text of the element and all below. */
    void look(Element element) {
        if (found) {
            return;
        }
        if (in(element.attribute("extension")) || in(element.attribute("displayName")) || in(element.text())) {
            found = true;
            Issue issue = Issue.error(
                    "business-rule",
                    "REQ-SEC-2",
                    "looks like a My Number; the original is not kept: mask it and send the file again",
                    element.path,
                    "line " + element.line);
            findings.refuseOriginal(entry == null ? issue : issue.in(entry));
            return;
        }
        element.children().forEach(this::look);
    }

    static void checkName(String name) {
        if (MyNumber.in(name)) {
            throw Failure.of(Category.INVALID, "REQ-SEC-2", "an entry name of the archive looks like a My Number")
                    .exception();
        }
    }

    private static boolean in(@Nullable String text) {
        return text != null && MyNumber.in(text);
    }
}
