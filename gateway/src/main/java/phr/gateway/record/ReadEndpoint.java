package phr.gateway.record;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import phr.consent.Action;
import phr.consent.Permit;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Interaction;

/** FHIR read of one resource: the stored bytes, as far as they are permitted. */
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

    private record Shown(Entry entry, byte[] json) {}

    /** The current version with ETag and Last-Modified; 304 for a known ETag; 404 also for what is hidden. */
    @GET
    @Path("/{type:Patient|Observation|DocumentReference|Encounter|Organization|Practitioner|Coverage|Provenance}/{id}")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response read(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Route.checkParameters(uri.getQueryParameters());
        UUID uuid = ResourceId.parse(id).orElseThrow(Unknown::resource);
        Ask ask = type.equals("Patient")
                ? Ask.ofPatient(id, Action.READ, Interaction.READ, "read Patient", "Patient")
                : route.toHolder(type, uuid);
        Shown shown = access.perform(ask, (permit, tally) -> read(permit, tally.count(), type, uuid))
                .orElseThrow(Unknown::resource);
        Response.ResponseBuilder answer = Conditional.answer(
                        headers, Conditional.tag(shown.entry().version()))
                .header(
                        HttpHeaders.LAST_MODIFIED,
                        Conditional.date(shown.entry().lastUpdated()));
        return answer.build().getStatus() == 304
                ? answer.build()
                : answer.type(FhirMedia.JSON).entity(shown.json()).build();
    }

    private Optional<Shown> read(Permit permit, Tally tally, String type, UUID asked) {
        Visible visible = Visible.of(permit, access.patientId(permit));
        UUID id = type.equals("Patient") ? visible.internal() : asked;
        return store.read(permit, type, id)
                .flatMap(entry -> new Rendering().render(entry).map(json -> shown(entry, visible.in(json), tally)));
    }

    private static Shown shown(Entry entry, byte[] json, Tally tally) {
        tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
        return new Shown(entry, json);
    }
}
