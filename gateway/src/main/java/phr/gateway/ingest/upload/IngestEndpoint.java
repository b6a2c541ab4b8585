package phr.gateway.ingest.upload;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.gateway.ingest.upload.repeated.RequestKey;

/** Any file into the record of a person, in one request (lifelog.md §6, checkup-cda.md §5.3). */
@Path("/ingest/{person}")
class IngestEndpoint {

    private final Uploads uploads;

    @Inject
    IngestEndpoint(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Recognised by content: 201 stored, 200 nothing new or original only, 202 held for the person or, with {@code Location}, a job. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response any(
            @PathParam("person") String person,
            @HeaderParam(RequestKey.HEADER) @Nullable String key,
            @Nullable InputStream body)
            throws IOException {
        return uploads.receive(person, null, key, body);
    }

    /** The same, refused when the content is not of the named format. Batches of {@code samples} need an {@code Idempotency-Key}. */
    @POST
    @Path("/{format}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response of(
            @PathParam("person") String person,
            @PathParam("format") String format,
            @HeaderParam(RequestKey.HEADER) @Nullable String key,
            @Nullable InputStream body)
            throws IOException {
        return uploads.receive(person, format, key, body);
    }
}
