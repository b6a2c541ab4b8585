package phr.gateway.audit;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/**
 * A person's chains as NDJSON that can be verified without this gateway ({@code deploy/verify-ledger}): one line per entry, one
 * per delivery, and last the signed head. {@code detail}, {@code items} and {@code head} are strings, since their exact bytes are
 * hashed or signed.
 *
 * <p>A line that is withheld from whoever exports says no more than number and hash: the chain still closes, and the verifier counts it.
 */
final class ExportedChain {

    static final String MEDIA_TYPE = "application/x-ndjson";

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private ExportedChain(JsonGenerator json) {
        this.json = json;
    }

    static void write(Connection connection, PersonId person, Discretion discretion, Heads heads, OutputStream out)
            throws SQLException {
        try {
            JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)
                    .setPrettyPrinter(new MinimalPrettyPrinter("\n"))
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            ExportedChain chain = new ExportedChain(json);
            chain.lines(connection, person, discretion);
            chain.head(heads.sign(person, AuditSql.tip(connection, person), DeliverySql.tip(connection, person)));
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written", e);
        }
    }

    private void lines(Connection connection, PersonId person, Discretion discretion) throws SQLException {
        BitSet withheld = new BitSet();
        AuditSql.each(connection, person, (entry, delivered) -> {
            if (discretion.showsWhole(entry, delivered)) {
                entry(entry);
            } else {
                withheld.set(Math.toIntExact(entry.seq()));
                bare("entry", person, entry.seq(), entry.previous(), entry.hash());
            }
        });
        DeliverySql.each(connection, person, delivery -> {
            if (withheld.get(Math.toIntExact(delivery.entry()))) {
                bare("delivery", person, delivery.seq(), delivery.previous(), delivery.hash());
            } else {
                delivery(delivery);
            }
        });
    }

    private void bare(String kind, PersonId person, long seq, Sha256 previous, Sha256 hash) {
        line(() -> {
            json.writeStringField("kind", kind);
            json.writeBooleanField("withheld", true);
            json.writeStringField("person", person.toString());
            json.writeNumberField("seq", seq);
            json.writeStringField("previous", previous.hex());
            json.writeStringField("hash", hash.hex());
        });
    }

    private void entry(AuditEntry entry) {
        line(() -> {
            json.writeStringField("kind", "entry");
            json.writeStringField("person", entry.person().toString());
            json.writeNumberField("seq", entry.seq());
            json.writeStringField("at", entry.at().toString());
            text("organisation", entry.organisation());
            text("organisationName", entry.organisationName());
            json.writeStringField("app", entry.app());
            text("user", entry.user());
            json.writeStringField("action", entry.action());
            json.writeStringField("interaction", entry.interaction());
            texts("purposes", entry.purposes());
            json.writeStringField("outcome", entry.outcome());
            json.writeStringField("reason", entry.reason());
            texts("directives", entry.directives());
            text("detail", entry.detail());
            json.writeStringField("previous", entry.previous().hex());
            json.writeStringField("hash", entry.hash().hex());
        });
    }

    private void delivery(DeliveryEntry delivery) {
        line(() -> {
            json.writeStringField("kind", "delivery");
            json.writeStringField("person", delivery.person().toString());
            json.writeNumberField("seq", delivery.seq());
            json.writeNumberField("entry", delivery.entry());
            json.writeStringField("at", delivery.at().toString());
            json.writeStringField("outcome", delivery.outcome());
            json.writeStringField("items", delivery.items());
            json.writeStringField("previous", delivery.previous().hex());
            json.writeStringField("hash", delivery.hash().hex());
        });
    }

    private void head(Heads.Signed signed) {
        line(() -> {
            json.writeStringField("kind", "head");
            json.writeStringField("head", signed.head());
            json.writeStringField("signature", signed.signature());
        });
    }

    private interface Fields {
        void write() throws IOException;
    }

    private void line(Fields fields) {
        try {
            json.writeStartObject();
            fields.write();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written", e);
        }
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
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
