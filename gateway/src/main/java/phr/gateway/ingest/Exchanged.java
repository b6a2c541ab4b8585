package phr.gateway.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Proposed;
import phr.fhir.sample.Sample;
import phr.fhir.validate.Validated;
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

    /** A Bundle that has been read and validated. */
    record Offer(int entries, List<Proposed> proposed, List<Issue> issues) {

        /** @throws phr.fhir.failure.FailureException INVALID when an entry is not among the batches that may be stored */
        void demandAll(List<Validated> batches) {
            Set<UUID> taken = batches.stream().flatMap(Offer::ids).collect(Collectors.toSet());
            Set<Integer> there = proposed.stream()
                    .filter(one -> taken.contains(one.id()))
                    .map(Proposed::entry)
                    .collect(Collectors.toSet());
            Findings findings = findings();
            List<Issue> reasons = IntStream.range(0, entries)
                    .filter(entry -> !there.contains(entry))
                    .mapToObj(findings::reasons)
                    .flatMap(List::stream)
                    .toList();
            if (!reasons.isEmpty()) {
                throw new Failure(Category.INVALID, reasons).exception();
            }
        }

        private static Stream<UUID> ids(Validated batch) {
            return Stream.concat(
                    batch.documents().stream().map(document -> document.facts().id()),
                    batch.samples().stream().map(Sample::id));
        }

        Exchanged answer(Map<UUID, Stored> stored, boolean versions) {
            Stored[] kept = new Stored[entries];
            proposed.forEach(one -> kept[one.entry()] = stored.get(one.id()));
            Findings findings = findings();
            List<Entry> answered = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                answered.add(new Entry(
                        kept[i],
                        kept[i] == null
                                ? findings.reasons(i)
                                : findings.entries().get(i)));
            }
            return new Exchanged(answered, findings.general(), versions);
        }

        private Findings findings() {
            List<List<Issue>> about = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                about.add(new ArrayList<>());
            }
            List<Issue> general = new ArrayList<>();
            for (Issue issue : issues) {
                entry(issue, entries, about, general).add(issue);
            }
            return new Findings(about, general);
        }
    }

    /** What was found about each entry, and about none of them. */
    private record Findings(List<List<Issue>> entries, List<Issue> general) {

        /** Why one was not taken: so many findings may have come before that its own was only counted. */
        List<Issue> reasons(int entry) {
            List<Issue> about = entries.get(entry);
            return about.isEmpty()
                    ? List.of(Issue.error(
                            "processing", "FHIR-11", "the entry was not taken", "Bundle.entry[" + entry + "]"))
                    : about;
        }
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
}
