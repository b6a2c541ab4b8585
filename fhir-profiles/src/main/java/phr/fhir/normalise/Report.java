package phr.fhir.normalise;

import java.util.List;
import java.util.Map;
import phr.fhir.failure.Issue;

/**
 * What a format read, mapped and could not map.
 *
 * @param format name of the format
 * @param contradictions why the file is held for the person; empty = not held
 * @param proposed by the entries of a Bundle whose sender is answered entry by entry; else empty
 * @param rejected how many records are not taken as they are, each once, by the first rule that found something: those too that are
 *     so many that the issues do not list them
 */
public record Report(
        String format,
        List<DocumentReport> documents,
        List<Issue> issues,
        List<Issue> contradictions,
        List<Proposed> proposed,
        Map<String, Long> rejected) {

    public Report {
        proposed = List.copyOf(proposed);
        rejected = Map.copyOf(rejected);
        documents = List.copyOf(documents);
        issues = List.copyOf(issues);
        contradictions = List.copyOf(contradictions);
    }

    public boolean held() {
        return !contradictions.isEmpty();
    }
}
