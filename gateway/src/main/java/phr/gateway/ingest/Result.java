package phr.gateway.ingest;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Report;
import phr.gateway.record.Saved;

/**
 * What became of a file.
 *
 * @param issues of reading and of validation, and why it is held
 * @param held id under which it waits for the person, null when it does not
 */
record Result(
        Report report,
        List<Issue> issues,
        Saved saved,
        @Nullable UUID held) {

    /** 202 held, 201 something new in the record, 200 nothing new or the original only (checkup-cda.md §5.3). */
    int status() {
        if (held != null) {
            return 202;
        }
        return saved.toSender().created() + saved.toSender().updated() > 0 && !onlyOriginals() ? 201 : 200;
    }

    private boolean onlyOriginals() {
        return !report.documents().isEmpty()
                && report.documents().stream()
                        .allMatch(row -> row.result() == phr.fhir.normalise.DocumentReport.Result.ORIGINAL_ONLY);
    }
}
