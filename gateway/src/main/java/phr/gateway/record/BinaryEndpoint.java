package phr.gateway.record;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import phr.consent.Permit;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;

/**
 * FHIR read of a Binary (FHIR R4 Binary §2.44.5): the original byte for byte with its own media type, or as FHIR resource when
 * the client asks for {@code application/fhir+json}.
 */
@Path("/fhir")
class BinaryEndpoint {

    private final RecordAccess access;
    private final RecordStore store;
    private final Route route;

    @Inject
    BinaryEndpoint(RecordAccess access, RecordStore store, Route route) {
        this.access = access;
        this.store = store;
        this.route = route;
    }

    /** Never shown inline: an original is a stranger's file, and browsers guess types. */
    @GET
    @Path("/Binary/{id}")
    @Produces(MediaType.WILDCARD)
    public Response read(
            @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers, @Context Request http) {
        Route.checkParameters(uri.getQueryParameters());
        UUID binary = ResourceId.parse(id).orElseThrow(Unknown::resource);
        OriginalOut original = access.perform(
                        route.toRead("Binary", binary, "read"), (permit, tally) -> open(permit, tally, binary))
                .orElseThrow(Unknown::resource);
        Response.ResponseBuilder answer = original.noted(Conditional.answer(headers, original.tag()));
        if (answer.build().getStatus() == 304 || http.getMethod().equals(HttpMethod.HEAD)) {
            original.close();
            return answer.build();
        }
        boolean asResource = FhirMedia.asks(headers.getAcceptableMediaTypes());
        StreamingOutput body = out -> original.writeTo(out, asResource ? binary : null);
        answer.header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .entity(body);
        return asResource
                ? answer.type(FhirMedia.JSON).build()
                : answer.type(original.mediaType())
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                        .build();
    }

    private Optional<OriginalOut> open(Permit permit, Tally tally, UUID binary) {
        tally.count();
        Visible visible = Visible.of(permit, access.patientId(permit));
        return store.original(permit, binary).map(file -> {
            tally.original(binary, file.sha256());
            return new OriginalOut(file, visible, MayBeIncomplete.concerns(permit));
        });
    }
}
