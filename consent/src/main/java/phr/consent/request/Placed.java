package phr.consent.request;

import java.util.List;
import java.util.function.Supplier;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Findings about a directive that is one member of a larger body. */
final class Placed {

    static final String DIRECTIVE = "/directive";

    private Placed() {}

    static Issue under(String pointer, Issue issue) {
        List<String> places = issue.expressions().isEmpty()
                ? List.of(pointer)
                : issue.expressions().stream()
                        .map(place -> place.startsWith("/") ? pointer + place : place)
                        .toList();
        return new Issue(issue.severity(), issue.code(), issue.rule(), issue.text(), places, issue.entry());
    }

    static List<Issue> under(String pointer, List<Issue> issues) {
        return issues.stream().map(issue -> under(pointer, issue)).toList();
    }

    /** Runs what complains about a directive by itself. */
    static <T> T under(String pointer, Supplier<T> work) {
        try {
            return work.get();
        } catch (FailureException e) {
            Failure failure = e.failure();
            throw new Failure(failure.category(), under(pointer, failure.issues())).exception();
        }
    }
}
