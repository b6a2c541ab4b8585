package phr.gateway.consents.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import java.util.UUID;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.web.JsonBody;

/** FHIR interactions on Consent: search, read, vread, history and create (FHIR R4 http). */
@Path("/fhir/Consent")
@Produces({ConsentResourceEndpoint.FHIR, "application/json"})
class ConsentResourceEndpoint {

    static final String FHIR = "application/fhir+json";

    private final CurrentCaller current;
    private final OwnAccount own;
    private final Viewer viewer;
    private final ConsentJson json;
    private final ConsentCreation creation;

    ConsentResourceEndpoint(
            CurrentCaller current, OwnAccount own, Viewer viewer, ConsentJson json, ConsentCreation creation) {
        this.current = current;
        this.own = own;
        this.viewer = viewer;
        this.json = json;
        this.creation = creation;
    }

    /** Of one person: {@code patient} (may be left out for one's own), {@code status}, {@code _count}. */
    @GET
    public Response search(@Context UriInfo uri) {
        Caller caller = current.get();
        ConsentSearch search = ConsentSearch.parse(uri.getQueryParameters());
        Viewer.View view = search.patient() == null ? viewer.own(caller) : viewer.of(caller, search.patient());
        List<Recorded> matches = view.current().stream().filter(search::matches).toList();
        List<Recorded> page = matches.stream().limit(search.count()).toList();
        return answer(200, json.bundle("searchset", page, matches.size(), view.patient()))
                .build();
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id) {
        Caller caller = current.get();
        Recorded recorded = viewer.one(caller, uuid(id));
        return one(200, recorded, recorded.person().toString());
    }

    @GET
    @Path("/{id}/_history")
    public Response history(@PathParam("id") String id) {
        Caller caller = current.get();
        List<Recorded> versions = viewer.versions(caller, uuid(id));
        String patient = versions.get(0).person().toString();
        return answer(200, json.bundle("history", versions, versions.size(), patient))
                .build();
    }

    @GET
    @Path("/{id}/_history/{version:[0-9]{1,6}}")
    public Response vread(@PathParam("id") String id, @PathParam("version") int version) {
        Caller caller = current.get();
        return viewer.versions(caller, uuid(id)).stream()
                .filter(recorded -> recorded.directive().version() == version)
                .findFirst()
                .map(recorded -> one(200, recorded, recorded.person().toString()))
                .orElseThrow(Viewer::unknown);
    }

    /** By the person herself; the lint refuses with 422. Several rules in one Consent become several directives. */
    @POST
    @Consumes({FHIR, "application/json"})
    public Response create(InputStream body) throws IOException {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        JsonNode consent = JsonBody.read(body, JsonNode.class);
        List<Recorded> recorded = creation.create(caller, person, consent);
        return one(201, recorded.get(0), person.toString());
    }

    private Response one(int status, Recorded recorded, String patient) {
        Response.ResponseBuilder answer = answer(status, json.consent(recorded, patient))
                .header("ETag", "W/\"" + recorded.directive().version() + "\"");
        return (status == 201 ? answer.location(URI.create(json.address(recorded))) : answer).build();
    }

    private static Response.ResponseBuilder answer(int status, ObjectNode body) {
        return Response.status(status).type(FHIR).entity(body.toString());
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Viewer.unknown();
        }
    }
}
