package phr.consent.simulation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import phr.consent.Obligation;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Times;
import phr.consent.fhir.Finding;
import phr.consent.receipt.Names;
import phr.consent.receipt.Sentence;
import phr.consent.trace.TraceStep;

/** Writes the answer piece by piece, so that its length costs no memory. */
final class AnswerWriter {

    private final JsonGenerator json;
    private final References references;

    AnswerWriter(JsonGenerator json, References references) {
        this.json = json;
        this.references = references;
    }

    void decision(Decided decided) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", decided.resource().index());
        json.writeStringField("resource", decided.resource().label());
        json.writeStringField("outcome", decided.outcome().name());
        json.writeStringField("reason", decided.reason().name());
        json.writeArrayFieldStart("obligations");
        for (Obligation obligation : decided.obligations()) {
            obligation(obligation);
        }
        json.writeEndArray();
        basis(decided);
        json.writeArrayFieldStart("purposes");
        for (var purpose : decided.purposes()) {
            json.writeStartObject();
            json.writeStringField("purpose", purpose.purpose());
            json.writeStringField("outcome", purpose.outcome().name());
            json.writeStringField("reason", purpose.reason().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("trace");
        for (TraceStep step : decided.trace()) {
            step(step);
        }
        json.writeEndArray();
        if (decided.validUntil() != null) {
            json.writeStringField("validUntil", Times.written(decided.validUntil()));
        }
        json.writeEndObject();
    }

    private void basis(Decided decided) throws IOException {
        json.writeObjectFieldStart("basis");
        json.writeStringField("code", decided.basis().code());
        texts("directives", decided.basis().directives());
        if (decided.basis().authority() != null) {
            json.writeStringField(
                    "authority",
                    String.valueOf(references.written(decided.basis().authority())));
        }
        if (decided.basis().order() != null) {
            json.writeStringField("order", decided.basis().order());
        }
        json.writeEndObject();
    }

    private void obligation(Obligation obligation) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", obligation.code().name());
        if (!obligation.paths().isEmpty()) {
            texts("paths", new TreeSet<>(obligation.paths()));
        }
        if (obligation.unit() != null) {
            json.writeStringField("unit", obligation.unit());
        }
        if (!obligation.functions().isEmpty()) {
            texts("functions", new TreeSet<>(obligation.functions()));
        }
        if (obligation.number() != null) {
            json.writeNumberField(
                    obligation.code() == Obligation.Code.POPULATION_ONLY ? "k" : "n", obligation.number());
        }
        if (obligation.instant() != null) {
            json.writeStringField("instant", Times.written(obligation.instant()));
        }
        if (obligation.directive() != null) {
            json.writeStringField("directive", obligation.directive());
        }
        json.writeEndObject();
    }

    private void step(TraceStep step) throws IOException {
        json.writeStartObject();
        json.writeStringField("purpose", step.purpose());
        json.writeStringField("directive", step.directive());
        json.writeStringField("result", step.result().name());
        if (step.failed() != null) {
            json.writeStringField("failed", step.failed().name());
        }
        if (step.exception() != null) {
            json.writeNumberField("exception", step.exception());
        }
        if (!step.covers().isEmpty()) {
            texts("covers", step.covers());
        }
        json.writeStringField("rule", step.rule());
        json.writeStringField(
                "because", step.because().ja() + " / " + step.because().en());
        json.writeEndObject();
    }

    void directive(Rule rule) throws IOException {
        ObjectNode directive = DirectiveWriter.write(rule.directive());
        if (directive.path("grantor").has("authority")) {
            String authority = directive.path("grantor").path("authority").textValue();
            ((ObjectNode) directive.get("grantor")).put("authority", references.written(authority));
        }
        directive.put("from", rule.from());
        directive
                .putObject("text")
                .put("ja", Sentence.japanese(rule.directive(), Names.UNKNOWN))
                .put("en", Sentence.english(rule.directive(), Names.UNKNOWN));
        json.writeTree(directive);
    }

    void finding(Simulation.Located located) throws IOException {
        Finding finding = located.finding();
        json.writeStartObject();
        json.writeStringField("id", finding.id());
        json.writeStringField("level", finding.level().code());
        json.writeStringField("at", located.at());
        json.writeStringField("expression", finding.expression());
        json.writeStringField("effect", finding.effect().name());
        json.writeStringField("text", finding.text());
        json.writeEndObject();
    }

    void texts(String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : List.copyOf(values)) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
