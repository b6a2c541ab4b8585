package phr.gateway.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Report;
import phr.gateway.web.OperationOutcomes;
import phr.portability.ImportResult;

/** The receipt of an import (受領書): what came, what the store made of it, what was left out. */
final class Receipts {

    private static final JsonFactory JSON = new JsonFactory();

    private Receipts() {}

    static byte[] json(ImportResult result, RecordIn sink, Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            origin(json, result, now);
            json.writeObjectFieldStart("counts");
            for (Map.Entry<String, Integer> count : new TreeMap<>(result.counts()).entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("created", sink.saved().created());
            json.writeNumberField("updated", sink.saved().updated());
            json.writeNumberField("unchanged", result.unchanged() + sink.saved().duplicates());
            json.writeNumberField("rejected", result.rejected());
            json.writeNumberField("originals", result.originals());
            json.writeNumberField("directives", result.directives());
            if (result.contentHash() != null) {
                json.writeStringField("contentHash", result.contentHash().hex());
            }
            json.writeFieldName("outcome");
            OperationOutcomes.write(json, issues(result, sink));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /** The package waits for the person. */
    static byte[] held(UUID id, Report report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("held");
            json.writeStringField("id", id.toString());
            json.writeEndObject();
            json.writeFieldName("outcome");
            OperationOutcomes.write(json, report.contradictions());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void origin(JsonGenerator json, ImportResult result, Instant now) throws IOException {
        if (result.packageId() != null) {
            json.writeStringField("packageId", result.packageId().toString());
        }
        json.writeStringField(
                "origin", result.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (result.provider() != null) {
            json.writeStringField("provider", result.provider());
        }
        json.writeStringField("imported", now.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private static List<Issue> issues(ImportResult result, RecordIn sink) {
        List<Issue> issues = new ArrayList<>();
        if (result.report() != null) {
            issues.addAll(result.report().issues());
        }
        issues.addAll(sink.issues());
        return issues;
    }
}
