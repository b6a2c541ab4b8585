package phr.gateway.ingest.job;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.gateway.ingest.Result;

/**
 * What became of the file.
 *
 * @param format that read it; null when none did, or not to its end
 * @param errors how many records were rejected, each once, by rule
 * @param held id under which it waits for the person
 * @param failure why the job ended with an error
 */
public record Ending(
        Job.State state,
        @Nullable String format,
        List<DocumentReport> documents,
        List<Issue> issues,
        Map<String, Long> errors,
        @Nullable UUID held,
        @Nullable Issue failure) {

    public static Ending complete(Result result) {
        return new Ending(
                Job.State.COMPLETE,
                result.report().format(),
                result.report().documents(),
                result.issues(),
                result.rejected(),
                result.held(),
                null);
    }

    /** What was stored before stays. */
    public static Ending failed(Failure failure) {
        Issue first = failure.issues().get(0);
        return new Ending(Job.State.ERROR, null, List.of(), failure.issues(), Map.of(), null, first);
    }

    public static Ending canceled() {
        return new Ending(Job.State.CANCELED, null, List.of(), List.of(), Map.of(), null, null);
    }
}
