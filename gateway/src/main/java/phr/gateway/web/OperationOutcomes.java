package phr.gateway.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import phr.fhir.Fhir;
import phr.fhir.failure.Issue;

/** Issues as a FHIR R4 OperationOutcome, written without an object model. */
public final class OperationOutcomes {

    public static final String MEDIA_TYPE = "application/fhir+json";

    /** System of the rule codes in {@code issue.details}. */
    public static final String RULES = Fhir.CANONICAL + "/CodeSystem/rule";

    private OperationOutcomes() {}

    /** Writes the resource as one JSON object; an empty list becomes the informational "all ok" that FHIR asks for. */
    public static void write(JsonGenerator json, List<Issue> issues) throws IOException {
        List<Issue> shown =
                issues.isEmpty() ? List.of(Issue.information("informational", "ok", "nothing to report")) : issues;
        json.writeStartObject();
        json.writeStringField("resourceType", "OperationOutcome");
        json.writeArrayFieldStart("issue");
        for (Issue issue : shown) {
            writeIssue(json, issue);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeIssue(JsonGenerator json, Issue issue) throws IOException {
        json.writeStartObject();
        json.writeStringField("severity", issue.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("code", issue.code());
        writeDetails(json, issue);
        if (issue.entry() != null) {
            json.writeStringField("diagnostics", "entry " + issue.entry());
        }
        writePlaces(
                json,
                "location",
                issue.expressions().stream().filter(place -> !isFhirPath(place)).toList());
        writePlaces(
                json,
                "expression",
                issue.expressions().stream()
                        .filter(OperationOutcomes::isFhirPath)
                        .toList());
        json.writeEndObject();
    }

    private static void writeDetails(JsonGenerator json, Issue issue) throws IOException {
        json.writeObjectFieldStart("details");
        json.writeArrayFieldStart("coding");
        json.writeStartObject();
        json.writeStringField("system", RULES);
        json.writeStringField("code", issue.rule());
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("text", issue.text());
        json.writeEndObject();
    }

    private static void writePlaces(JsonGenerator json, String field, List<String> places) throws IOException {
        if (places.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(field);
        for (String place : places) {
            json.writeString(place);
        }
        json.writeEndArray();
    }

    /** XPaths, JSON pointers and line numbers go to {@code location}, FHIRPath to {@code expression}. */
    private static boolean isFhirPath(String place) {
        return !place.startsWith("/") && !place.startsWith("line ");
    }
}
