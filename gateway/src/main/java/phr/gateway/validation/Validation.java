package phr.gateway.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.conformance.Finding;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.web.JsonBody;
import phr.gateway.web.OperationOutcomes;

/** From a request of {@code $validate} to its answer. */
@Singleton
class Validation {

    private static final String FHIR = "application/fhir+json";
    private static final int MOST = 200;

    private final CurrentCaller caller;
    private final ValidationRoom room;

    Validation(CurrentCaller caller, ValidationRoom room) {
        this.caller = caller;
        this.room = room;
    }

    /** @param type of the address, null = any */
    Response answer(InputStream body, @Nullable String type, UriInfo uri) throws IOException {
        caller.get();
        List<String> asked = profiles(uri.getQueryParameters());
        Submission submission = Submission.parse(JsonBody.bytes(body), type, asked);
        return Response.ok(outcome(room.findings(submission)), FHIR).build();
    }

    private static List<String> profiles(MultivaluedMap<String, String> query) {
        query.forEach((name, values) -> {
            switch (name) {
                case "profile", "_format" -> {
                    // The first is read below, the second has one answer.
                }
                case "mode" -> values.forEach(mode -> Submission.checkMode(mode, name));
                default ->
                    throw Failure.of(Category.MALFORMED, "validate", "an unknown parameter", "http.parameter")
                            .exception();
            }
        });
        return query.getOrDefault("profile", List.of());
    }

    /** Errors first, so that the end of a long list loses the least. */
    private static byte[] outcome(List<Finding> findings) throws IOException {
        List<Issue> issues = new ArrayList<>(findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MOST)
                .map(Finding::issue)
                .toList());
        if (findings.size() > MOST) {
            issues.add(Issue.information("informational", "validate", "there are more findings than are listed"));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            OperationOutcomes.write(json, issues);
        }
        return out.toByteArray();
    }
}
