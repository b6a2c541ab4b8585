package phr.portability.zip;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Refusals of a whole container, located by the first path that is wrong. */
public final class Refusal {

    private Refusal() {}

    /** The container's structure is not acceptable. */
    public static FailureException malformed(String rule, String text, @Nullable String path) {
        return of(Category.MALFORMED, rule, text, path);
    }

    /** The container is well-formed but not what it claims to be. */
    public static FailureException invalid(String rule, String text, @Nullable String path) {
        return of(Category.INVALID, rule, text, path);
    }

    public static FailureException of(Category category, String rule, String text, @Nullable String path) {
        Issue issue = Issue.error(category.issueCode(), rule, text);
        return new Failure(category, List.of(path == null ? issue : issue.in(path))).exception();
    }
}
