package phr.gateway.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import phr.fhir.normalise.DocumentReport;
import phr.gateway.record.Saved;
import phr.gateway.web.OperationOutcomes;

/** Answers of the ingest interface as JSON: counts and located issues, never a value of the file. */
public final class Answer {

    private static final JsonFactory JSON = new JsonFactory();

    private Answer() {}

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] of(Result result) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringField("format", result.report().format());
            json.writeArrayFieldStart("documents");
            for (DocumentReport row : result.report().documents()) {
                row(json, row);
            }
            json.writeEndArray();
            stored(json, result.saved().toSender());
            if (result.held() != null) {
                json.writeObjectFieldStart("held");
                json.writeStringField("id", result.held().toString());
                json.writeEndObject();
            }
            json.writeFieldName("outcome");
            OperationOutcomes.write(json, result.issues());
            json.writeEndObject();
        });
    }

    static byte[] of(List<HeldUploads.Waiting> waiting) {
        return written(json -> {
            json.writeStartArray();
            for (HeldUploads.Waiting file : waiting) {
                json.writeStartObject();
                json.writeStringField("id", file.id().toString());
                json.writeStringField("format", file.upload().family());
                json.writeNumberField("size", file.upload().size());
                json.writeStringField("received", file.received().toString());
                json.writeStringField("expires", file.expires().toString());
                json.writeFieldName("outcome");
                OperationOutcomes.write(json, file.upload().issues());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** One document of the file. */
    public static void row(JsonGenerator json, DocumentReport row) throws IOException {
        json.writeStartObject();
        if (row.entry() != null) {
            json.writeStringField("entry", row.entry());
        }
        json.writeStringField("kind", row.kind());
        json.writeNumberField("read", row.read());
        json.writeNumberField("mapped", row.mapped());
        json.writeNumberField("notMapped", row.notMapped());
        json.writeStringField(
                "result", row.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeEndObject();
    }

    private static void stored(JsonGenerator json, Saved saved) throws IOException {
        json.writeObjectFieldStart("stored");
        json.writeNumberField("created", saved.created());
        json.writeNumberField("updated", saved.updated());
        json.writeNumberField("duplicate", saved.duplicates());
        json.writeNumberField("originals", saved.originals());
        json.writeEndObject();
    }

    private static byte[] written(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
