package phr.gateway.ingest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Any file into the record of a person (lifelog.md §6, checkup-cda.md §5.3). */
@Path("/ingest/{person}")
class IngestEndpoint {

    private final Uploads uploads;

    @Inject
    IngestEndpoint(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Recognised by content: 201 stored, 200 nothing new or original only, 202 held for the person. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response any(@PathParam("person") String person, @Nullable InputStream body) throws IOException {
        return uploads.receive(person, null, body);
    }

    /** The same, refused when the content is not of the named format. */
    @POST
    @Path("/{format}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response of(
            @PathParam("person") String person, @PathParam("format") String format, @Nullable InputStream body)
            throws IOException {
        return uploads.receive(person, format, body);
    }
}
