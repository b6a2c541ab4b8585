package phr.gateway.record;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;

/** FHIR read, vread and delete of one resource. */
@Path("/fhir")
class ReadEndpoint {

    private final RecordAccess access;
    private final RecordStore store;
    private final Route route;

    @Inject
    ReadEndpoint(RecordAccess access, RecordStore store, Route route) {
        this.access = access;
        this.store = store;
        this.route = route;
    }

    /** The current version with ETag and Last-Modified; 304 for a known ETag; 404 also for what is hidden; 410 when deleted. */
    @GET
    @Path("/{type:" + Route.TYPES + "}/{id}")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response read(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Route.checkParameters(uri.getQueryParameters());
        UUID uuid = ResourceId.parse(id).orElseThrow(Unknown::resource);
        Shown shown = access.perform(route.toRead(type, uuid, "read"), (permit, tally) -> {
                    Visible visible = Visible.of(permit, access.patientId(permit));
                    return store.latest(permit, type, visible.stored(type, uuid))
                            .flatMap(entry -> Shown.of(entry, visible, permit, tally.count()));
                })
                .orElseThrow(Unknown::resource);
        return shown.answer(headers);
    }

    /** A version as it was; decided by what it was itself. */
    @GET
    @Path("/{type:" + Route.TYPES + "}/{id}/_history/{version}")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response version(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @PathParam("version") String version,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Route.checkParameters(uri.getQueryParameters());
        UUID uuid = ResourceId.parse(id).orElseThrow(Unknown::resource);
        int number = version.matches("[1-9]\\d{0,8}") ? Integer.parseInt(version) : 0;
        Shown shown = access.perform(route.toRead(type, uuid, "vread"), (permit, tally) -> {
                    Visible visible = Visible.of(permit, access.patientId(permit));
                    return store.version(permit, type, visible.stored(type, uuid), number)
                            .flatMap(entry -> Shown.of(entry, visible, permit, tally.count()));
                })
                .orElseThrow(Unknown::resource);
        return shown.answer(headers);
    }

    /** For the person herself only; the original and earlier versions are kept. Nothing that has been deleted is no failure. */
    @DELETE
    @Path("/{type:" + Route.DELETABLE + "}/{id}")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response delete(@PathParam("type") String type, @PathParam("id") String id, @Context UriInfo uri) {
        Route.checkParameters(uri.getQueryParameters());
        UUID uuid = ResourceId.parse(id).orElseThrow(Unknown::resource);
        Ask ask = route.toHolder(type, uuid, Action.CORRECT, Interaction.DELETE, "delete");
        boolean there = access.perform(
                ask, permit -> permit.request().capacity() == Capacity.SELF && store.delete(permit, type, uuid));
        if (!there) {
            throw Unknown.resource();
        }
        return Response.noContent().build();
    }
}
