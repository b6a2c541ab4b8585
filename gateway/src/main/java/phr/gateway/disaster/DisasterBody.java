package phr.gateway.disaster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/**
 * What an operator switches.
 *
 * @param areas municipality codes of five digits
 * @param from ISO 8601 with offset
 * @param to exclusive, at most seven days after {@code from} and in the future
 */
record DisasterBody(
        @Nullable List<String> areas,
        @Nullable String from,
        @Nullable String to) {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_AREAS = 2_000;

    /** Ready to be switched. */
    record Checked(List<String> areas, Instant from, Instant to) {}

    /** @throws phr.fhir.failure.FailureException INVALID with one located issue per fault */
    Checked check(Instant now) {
        List<Issue> issues = new ArrayList<>();
        List<String> codes = areas == null ? List.of() : List.copyOf(areas);
        boolean valid = !codes.isEmpty()
                && codes.size() <= MOST_AREAS
                && codes.stream().allMatch(area -> area.matches("[0-9]{5}"));
        if (!valid) {
            issues.add(issue("municipality codes of five digits are required", "/areas"));
        }
        Instant start = instant(from, "/from", issues);
        Instant end = instant(to, "/to", issues);
        if (start != null && end != null && (!start.isBefore(end) || end.isAfter(start.plus(LONGEST)))) {
            issues.add(issue("a period is longer than nothing and no longer than seven days", "/to"));
        }
        if (end != null && !end.isAfter(now)) {
            issues.add(issue("the period is over already", "/to"));
        }
        if (!issues.isEmpty() || start == null || end == null) {
            throw new Failure(Category.INVALID, issues).exception();
        }
        return new Checked(codes.stream().distinct().sorted().toList(), start, end);
    }

    private static @Nullable Instant instant(@Nullable String text, String where, List<Issue> issues) {
        try {
            if (text != null) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            issues.add(issue("an instant with offset is required", where));
            return null;
        }
        issues.add(issue("an instant with offset is required", where));
        return null;
    }

    private static Issue issue(String text, String where) {
        return Issue.error(Category.INVALID.issueCode(), "disaster-mode", text, where);
    }
}
