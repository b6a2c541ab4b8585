package phr.gateway.ingest.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import phr.gateway.ingest.Exchanged;
import phr.gateway.record.Stored;
import phr.gateway.web.OperationOutcomes;

/** A Bundle of type batch-response or transaction-response: for each entry its status, and where the resource is or why not. */
final class BundleAnswer {

    private static final JsonFactory JSON = new JsonFactory();

    private BundleAnswer() {}

    static byte[] of(Exchanged exchanged, boolean transaction) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(256 + 128 * exchanged.entries().size());
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("resourceType", "Bundle");
            json.writeStringField("type", transaction ? "transaction-response" : "batch-response");
            if (!exchanged.entries().isEmpty()) {
                json.writeArrayFieldStart("entry");
                for (Exchanged.Entry entry : exchanged.entries()) {
                    entry(json, entry, exchanged.versions());
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void entry(JsonGenerator json, Exchanged.Entry entry, boolean versions) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("response");
        Stored stored = entry.stored();
        if (stored == null) {
            json.writeStringField("status", "422 Unprocessable Entity");
        } else {
            boolean created = stored.change() == Stored.Change.CREATED;
            json.writeStringField("status", created ? "201 Created" : "200 OK");
            String location = "Observation/" + stored.id();
            json.writeStringField(
                    "location", created || versions ? location + "/_history/" + stored.version() : location);
            if (created || versions) {
                json.writeStringField("etag", "W/\"" + stored.version() + "\"");
            }
        }
        if (!entry.issues().isEmpty()) {
            json.writeFieldName("outcome");
            OperationOutcomes.write(json, entry.issues());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
