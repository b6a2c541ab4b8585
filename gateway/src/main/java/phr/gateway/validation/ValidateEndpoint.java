package phr.gateway.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
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

/**
 * FHIR R4 {@code $validate} of a resource that comes along, at most a mebibyte, for any caller that is logged in. The answer names
 * rule and place and quotes no value; nothing is stored.
 */
@Path("/fhir")
class ValidateEndpoint {

    private static final String FHIR = "application/fhir+json";
    private static final String JSON = "application/json";
    private static final int MOST = 200;

    private final CurrentCaller caller;
    private final ValidationRoom room;

    @Inject
    ValidateEndpoint(CurrentCaller caller, ValidationRoom room) {
        this.caller = caller;
        this.room = room;
    }

    /** @param body a resource of any type, or Parameters with one */
    @POST
    @Path("/$validate")
    @Consumes({FHIR, JSON})
    @Produces({FHIR, JSON})
    public Response any(InputStream body, @Context UriInfo uri) throws IOException {
        return answer(body, null, uri);
    }

    /** @param body a resource of this type, or Parameters with one */
    @POST
    @Path("/{type:[A-Z][A-Za-z]+}/$validate")
    @Consumes({FHIR, JSON})
    @Produces({FHIR, JSON})
    public Response ofType(@PathParam("type") String type, InputStream body, @Context UriInfo uri) throws IOException {
        return answer(body, type, uri);
    }

    private Response answer(InputStream body, @Nullable String type, UriInfo uri) throws IOException {
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
