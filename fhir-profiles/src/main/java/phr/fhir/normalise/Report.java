package phr.fhir.normalise;

import java.util.List;
import phr.fhir.failure.Issue;

/**
 * What a format read, mapped and could not map.
 *
 * @param format name of the format
 * @param contradictions why the file is held for the person; empty = not held
 */
public record Report(String format, List<DocumentReport> documents, List<Issue> issues, List<Issue> contradictions) {

    public Report {
        documents = List.copyOf(documents);
        issues = List.copyOf(issues);
        contradictions = List.copyOf(contradictions);
    }

    public boolean held() {
        return !contradictions.isEmpty();
    }
}
