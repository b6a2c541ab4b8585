package phr.gateway.ingest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Report;
import phr.gateway.record.Saved;

/**
 * What became of a file.
 *
 * @param issues of reading and of validation, and why it is held
 * @param rejected how many records are not taken as they are, each once, by rule: those too that the issues do not list
 * @param held id under which it waits for the person, null when it does not
 */
public record Result(
        Report report,
        List<Issue> issues,
        Map<String, Long> rejected,
        Saved saved,
        @Nullable UUID held) {

    static Result of(Pipeline.Outcome outcome, @Nullable UUID held) {
        return new Result(outcome.report(), outcome.issues(), outcome.rejected(), outcome.saved(), held);
    }

    /** 202 held, 201 something new in the record, 200 nothing new or the original only (checkup-cda.md §5.3). */
    public int status() {
        if (held != null) {
            return 202;
        }
        return saved.toSender().created() + saved.toSender().updated() > 0 && !onlyOriginals() ? 201 : 200;
    }

    /** Counts and located issues as JSON; never a value of the file. */
    public byte[] json() {
        return Answer.of(this);
    }

    public Response answer() {
        return Response.status(status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json())
                .build();
    }

    private boolean onlyOriginals() {
        return !report.documents().isEmpty()
                && report.documents().stream()
                        .allMatch(row -> row.result() == phr.fhir.normalise.DocumentReport.Result.ORIGINAL_ONLY);
    }
}
