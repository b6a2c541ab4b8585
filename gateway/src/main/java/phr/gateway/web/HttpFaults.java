package phr.gateway.web;

import java.util.List;
import phr.fhir.failure.Category;
import phr.fhir.failure.Issue;

/** What HTTP itself refuses, in the vocabulary of failures. Texts are constant, so nothing of a request comes back. */
final class HttpFaults {

    private HttpFaults() {}

    static List<Issue> issues(int status) {
        return List.of(
                switch (status) {
                    case 401 -> issue(Category.UNAUTHENTICATED, "login-required", "a valid bearer token is required");
                    case 403 -> issue(Category.FORBIDDEN, "forbidden", "the caller may not do this");
                    case 404 -> issue(Category.NOT_FOUND, "not-found", "not found");
                    case 405 -> Issue.error("not-supported", "method-not-allowed", "this address has no such method");
                    case 406 -> Issue.error("not-supported", "not-acceptable", "no acceptable media type");
                    case 413 -> issue(Category.TOO_LARGE, "too-large", "the request is larger than accepted");
                    case 415 -> Issue.error("not-supported", "media-type", "this media type is not accepted here");
                    case 423 -> Issue.error("lock-error", "locked", "another request is at work on this");
                    case 429 -> issue(Category.BUSY, "busy", "too many requests");
                    case 460 -> Issue.error("value", "checksum", "the bytes are not those of the checksum");
                    case 503 -> issue(Category.UNAVAILABLE, "unavailable", "temporarily unavailable");
                    default -> other(status);
                });
    }

    private static Issue other(int status) {
        return status < 500
                ? issue(Category.MALFORMED, "malformed", "the request cannot be understood")
                : issue(Category.FAULT, "fault", "internal error; the header X-Request-Id names it in the log");
    }

    private static Issue issue(Category category, String rule, String text) {
        return Issue.error(category.issueCode(), rule, text);
    }
}
