package phr.consent.directive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.failure.Category;
import phr.fhir.failure.Issue;

/**
 * How long a permit to contribute lasts when it goes to a linkage (期間連携): a source from which data are fetched again and again, such as the
 * national portal. Dated policy data from {@code linkage-windows.tsv} (consent-semantics.md §12, source windows). The window ends what
 * comes in, not what is stored.
 *
 * @param from 00:00 in Asia/Tokyo
 * @param longest from the act, or from a later start
 * @param told so long before the end she is reminded
 */
public record LinkageWindow(Instant from, Duration longest, Duration told) {

    private static final List<LinkageWindow> DATED = load();

    /** What holds at an instant. */
    public static LinkageWindow at(Instant now) {
        LinkageWindow held = DATED.get(0);
        for (LinkageWindow window : DATED) {
            held = window.from.isAfter(now) ? held : window;
        }
        return held;
    }

    /**
     * @param linkage whether a grantee is a linkage, or may mean one
     * @return an error, located, when the permit would last longer than a window
     */
    public static List<Issue> check(Directive draft, Instant now, Predicate<Grantee> linkage) {
        if (!opens(draft, linkage)) {
            return List.of();
        }
        Window validity = draft.base().validity();
        Duration longest = at(now).longest;
        @Nullable Instant until = validity == null ? null : validity.until();
        @Nullable Instant start = validity == null ? null : validity.from();
        Instant begins = start == null || start.isBefore(now) ? now : start;
        if (until != null && !until.isAfter(begins.plus(longest))) {
            return List.of();
        }
        return List.of(Issue.error(
                Category.INVALID.issueCode(),
                "linkage-window",
                "a linkage is consented for at most " + longest.toDays() + " days, and then again",
                "/validity/end"));
    }

    /** Whether it lets a linkage bring data in. */
    public static boolean opens(Directive directive, Predicate<Grantee> linkage) {
        Set<Action> actions = directive.base().actions();
        Set<Grantee> grantees = directive.base().grantees();
        return directive.effect().permits()
                && actions != null
                && actions.contains(Action.CONTRIBUTE)
                && grantees != null
                && grantees.stream().anyMatch(linkage);
    }

    private static List<LinkageWindow> load() {
        try (InputStream table =
                Objects.requireNonNull(LinkageWindow.class.getResourceAsStream("linkage-windows.tsv"), "table")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(LinkageWindow::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LinkageWindow row(String[] cells) {
        Instant from =
                LocalDate.parse(cells[0]).atStartOfDay(ZoneId.of("Asia/Tokyo")).toInstant();
        return new LinkageWindow(
                from, Duration.ofDays(Integer.parseInt(cells[1])), Duration.ofDays(Integer.parseInt(cells[2])));
    }
}
