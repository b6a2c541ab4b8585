package phr.gateway.record;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import phr.consent.Action;
import phr.gateway.access.Ask;
import phr.gateway.caller.Interaction;

/** {@code Patient/[id]/$everything}: the whole permitted record, streamed. */
@Path("/fhir")
class EverythingEndpoint {

    private final RecordReader reader;

    @Inject
    EverythingEndpoint(RecordReader reader) {
        this.reader = reader;
    }

    /** All permitted resources in one answer, or in pages when {@code _count} is given. */
    @GET
    @Path("/Patient/{id}/$everything")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response everything(@PathParam("id") String id, @Context UriInfo uri, @Context Request http) {
        UUID patient = ResourceId.parse(id).orElseThrow(Unknown::resource);
        EverythingParameters asked = EverythingParameters.parse(patient, uri.getQueryParameters());
        Ask ask = Ask.ofPatient(
                id, Action.READ, Interaction.SEARCH, "everything", asked.types().toArray(String[]::new));
        return reader.search(http, ask, asked.cursor(), Wanted.MATCHES, asked::query, asked::address);
    }
}
