package phr.gateway.record;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.Permit;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;

/** History of one resource (FHIR R4 http §3.1.0.13.2): the versions that the caller may see, newest first. */
@Path("/fhir")
class HistoryEndpoint {

    private final RecordAccess access;
    private final RecordStore store;
    private final Route route;
    private final String baseUrl;

    @Inject
    HistoryEndpoint(
            RecordAccess access,
            RecordStore store,
            Route route,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.access = access;
        this.store = store;
        this.route = route;
        this.baseUrl = baseUrl;
    }

    /** 404 when no version may be seen. */
    @GET
    @Path("/{type:" + Route.TYPES + "}/{id}/_history")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response history(
            @PathParam("type") String type, @PathParam("id") String id, @Context UriInfo uri, @Context Request http) {
        Route.checkParameters(uri.getQueryParameters());
        UUID uuid = ResourceId.parse(id).orElseThrow(Unknown::resource);
        Versions versions =
                access.perform(route.toRead(type, uuid, "history"), (permit, tally) -> open(permit, tally, type, uuid));
        if (http.getMethod().equals(HttpMethod.HEAD)) {
            versions.close();
            return Response.ok().type(FhirMedia.JSON).build();
        }
        StreamingOutput bundle = out -> versions.writeTo(out, baseUrl, type + "/" + id + "/_history");
        return Response.ok(bundle, FhirMedia.JSON).build();
    }

    private Versions open(Permit permit, Tally tally, String type, UUID id) {
        Visible visible = Visible.of(permit, access.patientId(permit));
        return Versions.of(permit, visible, store.history(permit, type, visible.stored(type, id)), tally);
    }
}
