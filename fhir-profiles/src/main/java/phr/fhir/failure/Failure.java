package phr.fhir.failure;

import java.util.List;

/**
 * Why a request or an input cannot be served.
 *
 * @param category decides status and issue code
 * @param issues located findings, at least one; never with values of a record
 */
public record Failure(Category category, List<Issue> issues) {

    public Failure {
        issues = List.copyOf(issues);
    }

    public static Failure of(Category category, String rule, String text, String... expressions) {
        return new Failure(category, List.of(Issue.error(category.issueCode(), rule, text, expressions)));
    }

    /** As exception, for the edge and for parsers deep inside an input. */
    public FailureException exception() {
        return new FailureException(this);
    }
}
