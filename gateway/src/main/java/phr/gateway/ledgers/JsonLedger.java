package phr.gateway.ledgers;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.gateway.audit.AccessRecord;
import phr.gateway.pages.Language;

/** A ledger for machines: every field of consent-semantics.md §16.3. */
final class JsonLedger implements LedgerWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new JsonMapper();

    private final JsonGenerator json;
    private final Ledger ledger;
    private long count;

    JsonLedger(OutputStream out, Ledger ledger) throws IOException {
        this.json = JSON.createGenerator(out, JsonEncoding.UTF8);
        this.ledger = ledger;
    }

    @Override
    public void begin() throws IOException {
        json.writeStartObject();
        json.writeStringField("ledger", ledger.provisions() ? "provisions" : "receipts");
        json.writeStringField("law", ledger.law());
        json.writeObjectFieldStart("person");
        json.writeStringField("id", ledger.person());
        json.writeStringField("name", ledger.name());
        json.writeEndObject();
        json.writeObjectFieldStart("period");
        text("from", ledger.from());
        text("to", ledger.to());
        json.writeEndObject();
        json.writeArrayFieldStart("records");
    }

    @Override
    public void add(Record record) throws IOException {
        count++;
        AccessRecord access = record.first();
        json.writeStartObject();
        json.writeStringField("id", Long.toString(access.seq()));
        json.writeStringField("at", access.at().toString());
        if (record.accesses() > 1) {
            json.writeStringField("until", record.until().toString());
        }
        json.writeNumberField("accesses", record.accesses());
        json.writeStringField("outcome", record.outcome());
        if (ledger.provisions()) {
            recipients(record);
        } else {
            json.writeFieldName("source");
            MAPPER.writeTree(json, record.source().isMissingNode() ? MAPPER.createObjectNode() : record.source());
        }
        items(record);
        json.writeStringField("legalBasis", access.reason());
        texts("directives", access.directives());
        texts("purposes", access.purposes());
        json.writeStringField("action", access.action());
        json.writeStringField("interaction", access.interaction());
        json.writeStringField("app", access.app());
        text("user", access.user());
        json.writeStringField("previousHash", access.previousHash());
        json.writeStringField("hash", access.hash());
        json.writeEndObject();
    }

    private void recipients(Record record) throws IOException {
        json.writeFieldName("recipients");
        if (record.counterparts().isArray()) {
            MAPPER.writeTree(json, record.counterparts());
            return;
        }
        json.writeStartArray();
        if (record.first().organisation() != null) {
            json.writeStartObject();
            json.writeStringField("id", record.first().organisation());
            json.writeStringField("role", "RECIPIENT");
            text("name", record.first().organisationName());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void items(Record record) throws IOException {
        json.writeObjectFieldStart("items");
        json.writeNumberField("resources", record.resources());
        counts("categories", record.categories());
        counts("types", record.types());
        texts("digests", record.digests());
        if (record.single().isArray()) {
            json.writeFieldName("resourceDigests");
            MAPPER.writeTree(json, record.single());
        }
        json.writeEndObject();
    }

    @Override
    public void end(boolean any) throws IOException {
        json.writeEndArray();
        json.writeNumberField("count", count);
        json.writeBooleanField("noData", !any);
        if (!any) {
            json.writeObjectFieldStart("statement");
            json.writeStringField("ja", ledger.noData(Language.JAPANESE));
            json.writeStringField("en", ledger.noData(Language.ENGLISH));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.flush();
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> one : counts.entrySet()) {
            json.writeNumberField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
    }

    private void text(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
