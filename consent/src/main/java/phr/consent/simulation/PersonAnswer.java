package phr.consent.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Times;
import phr.consent.fhir.DirectiveFindings;
import phr.consent.outlook.Outlook;
import phr.consent.outlook.Sight;

/**
 * Who can see what: {@code matrix} with the change applied, {@code difference} that the change makes, {@code samples}
 * (consent-semantics.md §16.4). In a difference both sides may be PERMIT: another part, or under other promises.
 */
public final class PersonAnswer {

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private final Instant at;
    private final List<Sight> sights;
    private final Outlook before;
    private final Outlook after;
    private final Samples samples;
    private final List<Directive> added;

    PersonAnswer(
            Instant at, List<Sight> sights, Outlook before, Outlook after, Samples samples, List<Directive> added) {
        this.at = at;
        this.sights = sights;
        this.before = before;
        this.after = after;
        this.samples = samples;
        this.added = added;
    }

    private record Changed(Outlook.Row before, Outlook.Row after) {}

    /** Writes the answer as JSON, in UTF-8, and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeStringField("at", Times.written(at));
            List<Changed> changes = matrix(json);
            json.writeArrayFieldStart("difference");
            for (Changed change : changes) {
                key(json, change.before());
                json.writeStringField("before", change.before().outcome().name());
                json.writeStringField("after", change.after().outcome().name());
                json.writeEndObject();
            }
            json.writeEndArray();
            samples(json);
            lint(json);
            json.writeEndObject();
        }
    }

    private List<Changed> matrix(JsonGenerator json) throws IOException {
        List<Changed> changes = new ArrayList<>();
        json.writeArrayFieldStart("matrix");
        for (Sight sight : sights) {
            List<Outlook.Row> old = before.rows(sight);
            List<Outlook.Row> rows = after.rows(sight);
            for (int i = 0; i < rows.size(); i++) {
                Outlook.Row row = rows.get(i);
                key(json, row);
                json.writeStringField("outcome", row.outcome().name());
                if (row.until() != null) {
                    json.writeStringField("until", Times.written(row.until()));
                }
                json.writeEndObject();
                if (!row.same(old.get(i))) {
                    changes.add(new Changed(old.get(i), row));
                }
            }
        }
        json.writeEndArray();
        return changes;
    }

    /** Opens a row. */
    private static void key(JsonGenerator json, Outlook.Row row) throws IOException {
        json.writeStartObject();
        json.writeFieldName("grantee");
        json.writeTree(DirectiveWriter.grantee(row.sight().grantee()));
        json.writeStringField("category", row.category().code());
        json.writeStringField("purpose", row.sight().purpose());
    }

    private void samples(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("samples");
        for (Samples.Sample sample : samples.list()) {
            json.writeStartObject();
            json.writeStringField("resource", sample.resource());
            json.writeStringField("before", sample.before().name());
            json.writeStringField("after", sample.after().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void lint(JsonGenerator json) throws IOException {
        AnswerWriter answer = new AnswerWriter(json, new References());
        json.writeArrayFieldStart("lint");
        for (int i = 0; i < added.size(); i++) {
            String place = "change.add[" + i + "]";
            for (var finding : DirectiveFindings.ofDirective(added.get(i), at, grantee -> null)) {
                answer.finding(new Simulation.Located(place, finding));
            }
        }
        json.writeEndArray();
    }
}
