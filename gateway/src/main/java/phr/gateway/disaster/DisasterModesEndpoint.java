package phr.gateway.disaster;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.web.JsonBody;

/** Disaster mode, for operators: one switches, another one approves (consent-semantics.md §13). */
@Path("/disaster-modes")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
class DisasterModesEndpoint {

    private final CurrentCaller current;
    private final DisasterModes modes;
    private final DisasterAccesses accesses;
    private final Clock clock;

    DisasterModesEndpoint(CurrentCaller current, DisasterModes modes, DisasterAccesses accesses, Clock clock) {
        this.current = current;
        this.modes = modes;
        this.accesses = accesses;
        this.clock = clock;
    }

    /** @param state PROPOSED, APPROVED, ACTIVE or ENDED */
    record View(
            UUID id,
            List<String> areas,
            Instant from,
            Instant to,
            @Nullable Instant endedAt,
            String state) {}

    /** 201, not in force yet; 422 located. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response propose(InputStream body) throws IOException {
        DisasterBody wanted = JsonBody.read(body, DisasterBody.class);
        DisasterMode mode = modes.propose(current.get(), wanted.check(clock.instant()));
        return Response.created(URI.create("/disaster-modes/" + mode.id()))
                .entity(view(mode))
                .build();
    }

    @GET
    @Path("/{id}")
    public View get(@PathParam("id") String id) {
        return view(modes.get(uuid(id)));
    }

    /** 403 for the operator who switched it, 409 when it waits for no approval. */
    @POST
    @Path("/{id}/$approve")
    public View approve(@PathParam("id") String id) {
        return view(modes.approve(current.get(), uuid(id)));
    }

    @POST
    @Path("/{id}/$end")
    public View end(@PathParam("id") String id) {
        return view(modes.end(current.get(), uuid(id)));
    }

    /** The report of all accesses under the mode. */
    @GET
    @Path("/{id}/accesses")
    public List<DisasterAccesses.Read> accesses(@PathParam("id") String id) {
        return accesses.under(modes.get(uuid(id)));
    }

    private View view(DisasterMode mode) {
        return new View(
                mode.id(), mode.areas(), mode.starts(), mode.ends(), mode.endedAt(), mode.state(clock.instant()));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
    }
}
