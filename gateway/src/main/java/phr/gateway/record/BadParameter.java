package phr.gateway.record;

import java.util.List;
import java.util.regex.Pattern;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Refusals of query parameters: 400, located as {@code http.name} (FHIR R4 OperationOutcome.issue.location). */
final class BadParameter {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z_$][A-Za-z_:.$-]{0,39}");

    private BadParameter() {}

    /** The parameter or its modifier is not supported. */
    static FailureException unknown(String name) {
        return refuse("not-supported", "SRCH-1", "parameter or modifier not supported", name);
    }

    /** The value cannot be read; {@code text} says which form is expected and never repeats it. */
    static FailureException malformed(String name, String text) {
        return refuse("invalid", "SRCH-2", text, name);
    }

    static FailureException noValueSet(String name) {
        return refuse("not-found", "SRCH-4", "addresses of value sets of the guide expected", name);
    }

    static FailureException missing(String name) {
        return refuse("required", "SRCH-3", "exactly one value required", name);
    }

    private static FailureException refuse(String code, String rule, String text, String name) {
        String shown = HARMLESS.matcher(name).matches() ? "http." + name : "http";
        return new Failure(Category.MALFORMED, List.of(Issue.error(code, rule, text, shown))).exception();
    }
}
