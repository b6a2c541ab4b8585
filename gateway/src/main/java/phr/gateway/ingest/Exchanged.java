package phr.gateway.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Proposed;
import phr.gateway.record.Stored;

/**
 * What became of a Bundle.
 *
 * @param entries in their order
 * @param issues about no entry in particular
 * @param versions whether the sender may know how often a resource has changed; else others may have changed it
 */
public record Exchanged(List<Entry> entries, List<Issue> issues, boolean versions) {

    private static final Pattern PLACE = Pattern.compile("Bundle\\.entry\\[(\\d{1,9})].*");

    /**
     * @param stored null when it was not taken; then an issue says why
     * @param issues about it
     */
    public record Entry(@Nullable Stored stored, List<Issue> issues) {}

    static Exchanged of(
            int entries, List<Proposed> proposed, Map<UUID, Stored> stored, List<Issue> issues, boolean versions) {
        Stored[] kept = new Stored[entries];
        proposed.forEach(one -> kept[one.entry()] = stored.get(one.id()));
        List<List<Issue>> about = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            about.add(new ArrayList<>());
        }
        List<Issue> general = new ArrayList<>();
        for (Issue issue : issues) {
            entry(issue, entries, about, general).add(issue);
        }
        List<Entry> answered = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            answered.add(new Entry(kept[i], kept[i] == null ? reasons(about.get(i), i) : about.get(i)));
        }
        return new Exchanged(answered, general, versions);
    }

    private static List<Issue> entry(Issue issue, int entries, List<List<Issue>> about, List<Issue> general) {
        for (String place : issue.expressions()) {
            Matcher named = PLACE.matcher(place);
            if (named.matches() && Integer.parseInt(named.group(1)) < entries) {
                return about.get(Integer.parseInt(named.group(1)));
            }
        }
        return general;
    }

    /** So many findings may have come before that its own was only counted. */
    private static List<Issue> reasons(List<Issue> issues, int entry) {
        return issues.isEmpty()
                ? List.of(
                        Issue.error("processing", "FHIR-11", "the entry was not taken", "Bundle.entry[" + entry + "]"))
                : issues;
    }

    boolean complete() {
        return entries.stream().allMatch(entry -> entry.stored() != null);
    }

    RuntimeException refusal() {
        List<Issue> reasons = entries.stream()
                .filter(entry -> entry.stored() == null)
                .flatMap(entry -> entry.issues().stream())
                .toList();
        return new Failure(Category.INVALID, reasons).exception();
    }
}
