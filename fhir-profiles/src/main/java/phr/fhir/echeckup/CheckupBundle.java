package phr.fhir.echeckup;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;

/**
 * A checkup as a document (FHIR R4 documents §3.3): Composition first, and everything it leads to.
 *
 * @param head of the Bundle: everything before its entries
 * @param issues what the form could not carry, or demands and the record does not have; located in the record, without values
 */
public record CheckupBundle(ObjectNode head, List<Entry> entries, List<Issue> issues) {

    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactory());

    /** One resource and its address in the document. */
    public record Entry(String fullUrl, ObjectNode resource) {}

    public CheckupBundle {
        entries = List.copyOf(entries);
        issues = List.copyOf(issues);
    }

    /**
     * Writes it as JSON, UTF-8, entry by entry; the stream stays open.
     *
     * @param tags of {@code meta.tag}; null = none
     */
    public void writeTo(OutputStream out, @Nullable JsonNode tags) throws IOException {
        JsonGenerator json = MAPPER.getFactory().createGenerator(out, JsonEncoding.UTF8);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        ObjectNode first = head.deepCopy();
        if (tags != null) {
            first.withObject("/meta").set("tag", tags);
        }
        for (var field : first.properties()) {
            json.writeFieldName(field.getKey());
            MAPPER.writeTree(json, field.getValue());
        }
        json.writeArrayFieldStart("entry");
        for (Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("fullUrl", entry.fullUrl());
            json.writeFieldName("resource");
            MAPPER.writeTree(json, entry.resource());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }
}
