package phr.gateway.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.failure.Issue;

/** Issues as a FHIR R4 OperationOutcome, written without an object model. */
public final class OperationOutcomes {

    public static final String MEDIA_TYPE = "application/fhir+json";

    /** System of the rule codes in {@code issue.details}. */
    public static final String RULES = Fhir.CANONICAL + "/CodeSystem/rule";

    /** Extension of an issue: where the caller can ask for what it lacks (consent-semantics.md §14). */
    public static final String REQUEST_URL = Fhir.CANONICAL + "/StructureDefinition/consent-request-url";

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
        writeLink(json, issue.link());
        json.writeStringField("severity", issue.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("code", issue.code());
        writeDetails(json, issue);
        writePlaces(json, issue.expressions());
        json.writeEndObject();
    }

    private static void writeLink(JsonGenerator json, @Nullable String link) throws IOException {
        if (link == null) {
            return;
        }
        json.writeArrayFieldStart("extension");
        json.writeStartObject();
        json.writeStringField("url", REQUEST_URL);
        json.writeStringField("valueUrl", link);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeDetails(JsonGenerator json, Issue issue) throws IOException {
        json.writeObjectFieldStart("details");
        json.writeArrayFieldStart("coding");
        json.writeStartObject();
        json.writeStringField("system", RULES);
        json.writeStringField("code", issue.rule());
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("text", issue.entry() == null ? issue.text() : issue.text() + " (" + issue.entry() + ")");
        json.writeEndObject();
    }

    /** FHIRPath for FHIR, XPath for XML, {@code line n} for text (checkup-cda.md §5.3). */
    private static void writePlaces(JsonGenerator json, List<String> places) throws IOException {
        if (places.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("expression");
        for (String place : places) {
            json.writeString(place);
        }
        json.writeEndArray();
    }
}
