package phr.gateway.ingest.job.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.gateway.ingest.Answer;
import phr.gateway.ingest.job.Ending;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.Jobs;
import phr.gateway.record.Saved;
import phr.gateway.web.OperationOutcomes;

/** Jobs as JSON: states, counts, places; never a value of the file. */
public final class JobJson {

    private static final JsonFactory JSON = new JsonFactory();

    private JobJson() {}

    public static byte[] of(Jobs.Seen seen) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json, seen);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Jobs.Seen seen) throws IOException {
        Job job = seen.job();
        Ending ending = job.ending();
        json.writeStartObject();
        json.writeStringField("id", job.id().toString());
        json.writeStringField("state", job.state().name());
        if (ending != null && ending.format() != null) {
            json.writeStringField("format", ending.format());
        }
        time(json, "created", job.times().created());
        time(json, "started", job.times().started());
        time(json, "ended", job.times().ended());
        json.writeObjectFieldStart("bytes");
        json.writeNumberField("done", job.done());
        json.writeNumberField("total", job.size());
        json.writeEndObject();
        counts(json, job, seen.whole());
        if (ending != null) {
            ending(json, ending);
        }
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Job job, boolean whole) throws IOException {
        Ending ending = job.ending();
        List<DocumentReport> rows = ending == null ? List.of() : ending.documents();
        Saved saved = whole ? job.progress().saved() : job.progress().saved().toSender();
        json.writeObjectFieldStart("counts");
        json.writeNumberField(
                "read",
                rows.isEmpty()
                        ? job.progress().read()
                        : rows.stream().mapToLong(DocumentReport::read).sum());
        json.writeNumberField("stored", saved.created());
        json.writeNumberField("superseded", saved.updated());
        json.writeNumberField("duplicate", saved.duplicates());
        json.writeNumberField("originals", saved.originals());
        json.writeNumberField(
                "notMapped", rows.stream().mapToLong(DocumentReport::notMapped).sum());
        if (job.progress().purged() > 0) {
            json.writeNumberField("purged", job.progress().purged());
        }
        json.writeObjectFieldStart("rejected");
        for (Map.Entry<String, Long> rule : ending == null
                ? List.<Map.Entry<String, Long>>of()
                : ending.errors().entrySet()) {
            json.writeNumberField(rule.getKey(), rule.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void ending(JsonGenerator json, Ending ending) throws IOException {
        json.writeArrayFieldStart("documents");
        for (DocumentReport row : ending.documents()) {
            Answer.row(json, row);
        }
        json.writeEndArray();
        if (ending.held() != null) {
            json.writeObjectFieldStart("held");
            json.writeStringField("id", ending.held().toString());
            json.writeEndObject();
        }
        if (ending.failure() != null) {
            json.writeFieldName("error");
            OperationOutcomes.write(json, List.of(ending.failure()));
        }
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        if (time != null) {
            json.writeStringField(name, time.toString());
        }
    }

    /** One OperationOutcome a line. */
    static void lines(List<Issue> issues, OutputStream out) throws IOException {
        for (Issue issue : issues) {
            try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                OperationOutcomes.write(json, List.of(issue));
            }
            out.write('\n');
        }
    }
}
