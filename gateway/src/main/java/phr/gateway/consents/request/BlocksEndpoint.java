package phr.gateway.consents.request;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import phr.consent.request.BlockList;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.Organisations;
import phr.gateway.people.OwnAccount;

/** Organisations that may not ask the person, and to which no proxy may grant anything (consent-semantics.md §10.2). */
@Path("/consents/blocks")
@Produces(MediaType.APPLICATION_JSON)
class BlocksEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final Organisations organisations;
    private final BlockList blocks;

    BlocksEndpoint(CurrentCaller current, OwnAccount own, Organisations organisations, BlockList blocks) {
        this.current = current;
        this.own = own;
        this.organisations = organisations;
        this.blocks = blocks;
    }

    /** @param organisation id without {@code Organization/} */
    record Blocked(String organisation, @Nullable String name) {}

    @GET
    @Operation(summary = "Whom the person does not want to be asked by")
    public List<Blocked> list() {
        return blocks.of(own.require(current.get())).stream()
                .map(id -> new Blocked(id, organisations.name(id).orElse(null)))
                .toList();
    }

    @PUT
    @Path("/{organisation}")
    @Operation(summary = "The organisation may not ask any more")
    public Response block(@PathParam("organisation") String organisation) {
        return set(organisation, true);
    }

    @DELETE
    @Path("/{organisation}")
    @Operation(summary = "The organisation may ask again")
    public Response unblock(@PathParam("organisation") String organisation) {
        return set(organisation, false);
    }

    private Response set(String organisation, boolean blocked) {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        if (organisations.name(organisation).isEmpty() || organisation.indexOf('/') >= 0) {
            throw Requester.notFound();
        }
        blocks.set(person, organisation, blocked, caller.subject());
        return Response.noContent().build();
    }
}
