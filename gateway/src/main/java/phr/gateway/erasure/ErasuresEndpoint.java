package phr.gateway.erasure;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;

/** The report of an erasure, for whoever was given its id: the person has no login here any more by which she could be known. */
@Path("/erasures/{id}")
class ErasuresEndpoint {

    private final CurrentCaller current;
    private final Erasures erasures;
    private final ErasureReport report;

    ErasuresEndpoint(CurrentCaller current, Erasures erasures, ErasureReport report) {
        this.current = current;
        this.erasures = erasures;
        this.report = report;
    }

    /** Signed in the header {@code Phr-Signature}. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response get(@PathParam("id") String id) {
        current.get();
        ErasureReport.Signed signed = report.of(erasures.find(uuid(id)).orElseThrow(ErasuresEndpoint::notFound));
        return Response.ok(signed.json())
                .header(ErasureReport.SIGNATURE, signed.signature())
                .build();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
