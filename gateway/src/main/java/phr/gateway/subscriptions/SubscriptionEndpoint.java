package phr.gateway.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.web.JsonBody;

/** FHIR interactions on Subscription (FHIR R4 subscription): create, read, update, delete, and search among one's own. */
@Path("/fhir/Subscription")
@Produces({SubscriptionEndpoint.FHIR, "application/json"})
class SubscriptionEndpoint {

    static final String FHIR = "application/fhir+json";

    private static final Set<String> FORMATS = Set.of("json", "application/json", FHIR);
    private static final int COUNT = 50;

    private final CurrentCaller current;
    private final Subscriptions subscriptions;
    private final SubscriptionJson json;

    SubscriptionEndpoint(CurrentCaller current, Subscriptions subscriptions, SubscriptionJson json) {
        this.current = current;
        this.subscriptions = subscriptions;
        this.json = json;
    }

    /** Active at once when it is well-formed and the person permits to be told and to read; 403 and 404 as for a search. */
    @POST
    @Consumes({FHIR, "application/json"})
    public Response create(InputStream body) throws IOException {
        Subscription created = subscriptions.create(current.get(), JsonBody.read(body, JsonNode.class));
        return answer(201, created).location(URI.create(json.address(created))).build();
    }

    /** Of the caller's client: {@code status}, {@code _count}. */
    @GET
    public Response search(@Context UriInfo uri) {
        Map<String, List<String>> query = uri.getQueryParameters();
        query.forEach(SubscriptionEndpoint::check);
        String status = query.containsKey("status") ? query.get("status").get(0) : null;
        int count = query.containsKey("_count")
                ? Integer.parseInt(query.get("_count").get(0))
                : COUNT;
        String bundle =
                json.bundle(subscriptions.own(current.get(), status), count).toString();
        return Response.ok(bundle, FHIR).build();
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id) {
        return answer(200, subscriptions.find(current.get(), uuid(id))).build();
    }

    /** Replaces it; status {@code off} ends deliveries, {@code requested} begins them again. */
    @PUT
    @Path("/{id}")
    @Consumes({FHIR, "application/json"})
    public Response update(@PathParam("id") String id, InputStream body) throws IOException {
        return answer(200, subscriptions.replace(current.get(), uuid(id), JsonBody.read(body, JsonNode.class)))
                .build();
    }

    /** With everything that waits. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        subscriptions.delete(current.get(), uuid(id));
        return Response.noContent().build();
    }

    private Response.ResponseBuilder answer(int status, Subscription subscription) {
        return Response.status(status)
                .type(FHIR)
                .tag(new jakarta.ws.rs.core.EntityTag(Integer.toString(subscription.version()), true))
                .entity(json.of(subscription).toString());
    }

    private static void check(String name, List<String> values) {
        boolean good =
                switch (name) {
                    case "status" -> Set.of("active", "error", "off").contains(values.get(0));
                    case "_count" -> values.get(0).matches("\\d{1,3}");
                    case "_format" -> FORMATS.contains(values.get(0).replace(' ', '+'));
                    default -> throw refused("not-supported", "SRCH-1", "parameter or modifier not supported", name);
                };
        if (!good || values.size() > 1) {
            throw refused("invalid", "SRCH-2", "one known value expected", name);
        }
    }

    private static RuntimeException refused(String code, String rule, String text, String name) {
        String shown = name.matches("[A-Za-z_$][A-Za-z_:.$-]{0,39}") ? "http." + name : "http";
        return new Failure(Category.MALFORMED, List.of(Issue.error(code, rule, text, shown))).exception();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Subscriptions.unknown();
        }
    }
}
