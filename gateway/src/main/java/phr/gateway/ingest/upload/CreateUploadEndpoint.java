package phr.gateway.ingest.upload;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import phr.gateway.ingest.job.Job;

/** Resumable uploads begin here (tus 1.0: core, creation, creation-with-upload). */
@Path("/ingest/{person}/uploads")
class CreateUploadEndpoint {

    private final ResumableUploads uploads;

    @Inject
    CreateUploadEndpoint(ResumableUploads uploads) {
        this.uploads = uploads;
    }

    /** What this server can do. */
    @OPTIONS
    @PermitAll
    public Response options(@PathParam("person") String person) {
        return Response.noContent()
                .header("Tus-Extension", Tus.EXTENSIONS)
                .header("Tus-Max-Size", uploads.largest())
                .header("Tus-Checksum-Algorithm", Checksum.ALGORITHMS)
                .build();
    }

    /**
     * An upload of {@code Upload-Length} bytes; {@code Upload-Metadata} may name a {@code format}. 201 with its {@code Location}; the
     * body may hold the first part.
     */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response create(
            @PathParam("person") String person, @Context HttpHeaders headers, @Nullable InputStream body) {
        Job upload = uploads.create(person, headers);
        if (body != null && Tus.brings(headers)) {
            upload = uploads.append(upload, 0, headers, body);
        }
        return UploadEndpoint.state(Response.created(URI.create("/ingest/uploads/" + upload.id())), upload)
                .build();
    }
}
