package phr.gateway.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/** Adds the refusals that any operation may answer: FHIR outcomes under {@code /fhir} and {@code /ingest}, RFC 9457 elsewhere. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class CommonAnswers implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String OUTCOME = "OperationOutcome";

    /** Open to everybody. */
    private static final List<String> PUBLIC = List.of("/fhir/metadata", "/.well-known/", "/policies/");

    private static final Set<PathItem.HttpMethod> WRITING =
            Set.of(PathItem.HttpMethod.POST, PathItem.HttpMethod.PUT, PathItem.HttpMethod.PATCH);

    private static final Map<String, String> ANY = Map.of(
            "400", "malformed: structure, parameter, or an input of the decision is missing",
            "404", "not found, or not there for this caller");

    private static final Map<String, String> GUARDED = Map.of(
            "401", "a valid bearer token is required",
            "403",
                    "not allowed; code consent-required: the person has not consented, and the answer says where to ask");

    private static final Map<String, String> ON_WRITING = Map.of(
            "409", "conflicts with the state it is in",
            "413", "larger than allowed",
            "415", "the media type is not read here",
            "422", "well-formed and against a rule; every finding is located");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components =
                document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components.addSchema(PROBLEM, problem()).addSchema(OUTCOME, outcome()));
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> add(path, method, operation)));
    }

    private static void add(String path, PathItem.HttpMethod method, Operation operation) {
        boolean fhir = path.startsWith("/fhir") || path.startsWith("/ingest");
        APIResponses responses =
                operation.getResponses() == null ? OASFactory.createAPIResponses() : operation.getResponses();
        List<Map<String, String>> sets = new ArrayList<>(List.of(ANY));
        boolean open = method == PathItem.HttpMethod.OPTIONS || PUBLIC.stream().anyMatch(path::startsWith);
        if (WRITING.contains(method) || !open) {
            sets.add(GUARDED);
        }
        if (WRITING.contains(method)) {
            sets.add(ON_WRITING);
        }
        sets.forEach(set -> set.forEach((status, text) -> add(responses, status, text, fhir)));
        add(responses, "default", "any other failure, in the same form", fhir);
        operation.setResponses(responses);
    }

    /** What the operation says itself about a status stays; a bare refusal gets its form. */
    private static void add(APIResponses responses, String status, String text, boolean fhir) {
        APIResponse known = responses.getAPIResponse(status);
        APIResponse response = known == null ? OASFactory.createAPIResponse() : known;
        if (response.getDescription() == null || bare(response)) {
            response.description(text);
        }
        if (response.getContent() == null) {
            response.content(content(fhir));
        }
        responses.addAPIResponse(status, response);
    }

    /** The scanner gives statuses that nobody described a phrase of its own. */
    private static boolean bare(APIResponse response) {
        return Set.of("Not Allowed", "Not Authorized", "Bad Request").contains(response.getDescription());
    }

    private static Content content(boolean fhir) {
        String schema = "#/components/schemas/" + (fhir ? OUTCOME : PROBLEM);
        return OASFactory.createContent()
                .addMediaType(
                        fhir ? "application/fhir+json" : "application/problem+json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(schema)));
    }

    private static Schema problem() {
        Schema error = object("one located finding")
                .addProperty("pointer", text("JSON pointer into the body"))
                .addProperty("expression", text("other place: parameter, header, FHIRPath"))
                .addProperty("code", text("rule"))
                .addProperty("detail", text(null));
        return object("RFC 9457 problem details")
                .addProperty("type", text("URI of the rule"))
                .addProperty("title", text(null))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text("for people; never a value of a record"))
                .addProperty("code", text("rule, stable"))
                .addProperty("requestUrl", text("where to ask for what is lacking"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(error));
    }

    private static Schema outcome() {
        return object("FHIR R4 OperationOutcome; extension consent-request-url of an issue says where to ask")
                .addProperty("resourceType", text(null))
                .addProperty(
                        "issue",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(object("FHIR R4 OperationOutcome.issue")));
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description(description);
    }

    private static Schema text(@Nullable String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
