package phr.gateway.ingest.upload;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.gateway.ingest.job.Job;

/**
 * A resumable upload, for whoever has begun it (tus 1.0: core, checksum, termination, expiration). When its last byte has arrived it
 * is the job {@code /ingest/jobs/{id}} of the same id.
 */
@Path("/ingest/uploads/{id}")
class UploadEndpoint {

    private final ResumableUploads uploads;

    @Inject
    UploadEndpoint(ResumableUploads uploads) {
        this.uploads = uploads;
    }

    /** Where to go on. */
    @HEAD
    public Response offset(@PathParam("id") String id, @Context HttpHeaders headers) {
        Tus.check(headers);
        Job upload = uploads.find(id);
        return state(Response.ok(), upload).header(Tus.LENGTH, upload.size()).build();
    }

    /** One more part at {@code Upload-Offset}. */
    @PATCH
    @Consumes(MediaType.WILDCARD)
    public Response append(@PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        Tus.check(headers);
        Job upload = uploads.find(id);
        Tus.demandBytes(headers);
        long offset = Tus.number(headers, Tus.OFFSET);
        InputStream in = body == null ? InputStream.nullInputStream() : body;
        return state(Response.noContent(), uploads.append(upload, offset, headers, in))
                .build();
    }

    /** Nothing of it is kept. */
    @DELETE
    public Response terminate(@PathParam("id") String id, @Context HttpHeaders headers) {
        Tus.check(headers);
        uploads.terminate(uploads.find(id));
        return Response.noContent().build();
    }

    /** For clients that cannot say PATCH or DELETE. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response instead(@PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        String method = headers.getHeaderString(Tus.OVERRIDE);
        if ("PATCH".equals(method)) {
            return append(id, headers, body);
        } else if ("DELETE".equals(method)) {
            return terminate(id, headers);
        }
        throw new NotAllowedException("HEAD, PATCH, DELETE");
    }

    static Response.ResponseBuilder state(Response.ResponseBuilder answer, Job upload) {
        answer.header(Tus.OFFSET, upload.arrived());
        return upload.state() == Job.State.UPLOADING
                ? answer.header(Tus.EXPIRES, Tus.date(upload.times().expires()))
                : answer.header(HttpHeaders.CONTENT_LOCATION, "/ingest/jobs/" + upload.id());
    }
}
