package phr.gateway.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import phr.fhir.Fhir;
import phr.fhir.failure.Issue;

/** Issues as problem details (RFC 9457) with one element of {@code errors} per located issue. */
final class Problems {

    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static void write(JsonGenerator json, int status, List<Issue> issues) throws IOException {
        Issue first = issues.get(0);
        json.writeStartObject();
        json.writeStringField("type", Fhir.CANONICAL + "/problem/" + first.rule());
        json.writeStringField("title", first.code());
        json.writeNumberField("status", status);
        json.writeStringField("detail", first.text());
        json.writeStringField("code", first.rule());
        if (first.link() != null) {
            json.writeStringField("requestUrl", first.link());
        }
        writeErrors(json, issues);
        json.writeEndObject();
    }

    private static void writeErrors(JsonGenerator json, List<Issue> issues) throws IOException {
        if (issues.stream().allMatch(issue -> issue.expressions().isEmpty())) {
            return;
        }
        json.writeArrayFieldStart("errors");
        for (Issue issue : issues) {
            json.writeStartObject();
            for (String place : issue.expressions().stream().limit(1).toList()) {
                json.writeStringField(place.startsWith("/") ? "pointer" : "expression", place);
            }
            json.writeStringField("code", issue.rule());
            json.writeStringField("detail", issue.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
