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
import phr.consent.Action;
import phr.gateway.access.Ask;
import phr.gateway.caller.Interaction;

/** FHIR search of one type in one person's record (FHIR R4 search). */
@Path("/fhir")
class SearchEndpoint {

    private final RecordReader reader;

    @Inject
    SearchEndpoint(RecordReader reader) {
        this.reader = reader;
    }

    /** A page of the permitted matches, newest data first; a link {@code next} while there are more. */
    @GET
    @Path("/{type:" + SearchedType.PATHS + "}")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response search(@PathParam("type") String type, @Context UriInfo uri, @Context Request http) {
        SearchedType searched = SearchedType.of(type).orElseThrow();
        SearchParameters asked = SearchParameters.parse(searched, uri.getQueryParameters());
        Ask ask = Ask.ofPatient(asked.patient().toString(), Action.READ, Interaction.SEARCH, "search " + type, type);
        return reader.search(http, ask, asked.cursor(), asked.wanted(), asked::query, asked::address);
    }
}
