package phr.gateway.people;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import phr.consent.request.BlockList;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;

/** Whom the person does not want to be asked by, and whom her proxies can grant nothing (consent-semantics.md §10.2). */
@Path("/people/{person}/blocked")
@Produces(MediaType.APPLICATION_JSON)
class BlockedEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final Principals principals;
    private final Organisations organisations;
    private final BlockList blocked;

    BlockedEndpoint(
            CurrentCaller current,
            OwnAccount own,
            Principals principals,
            Organisations organisations,
            BlockList blocked) {
        this.current = current;
        this.own = own;
        this.principals = principals;
        this.organisations = organisations;
        this.blocked = blocked;
    }

    record Blocked(Set<String> organisations) {}

    @GET
    public Blocked list(@PathParam("person") String path) {
        return new Blocked(blocked.of(principals.require(current.get(), path).personOfConsentRecords()));
    }

    /** A proxy may block for the person; only she opens again. */
    @PUT
    @Path("/{organisation}")
    @Consumes(MediaType.WILDCARD)
    public Response block(@PathParam("person") String path, @PathParam("organisation") String organisation) {
        Caller caller = current.get();
        PersonId person = principals.require(caller, path).person();
        blocked.set(person, known(organisation), true, caller.subject());
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{organisation}")
    public Response open(@PathParam("person") String path, @PathParam("organisation") String organisation) {
        Caller caller = current.get();
        PersonId person = own.require(caller, path);
        blocked.set(person, known(organisation), false, caller.subject());
        return Response.noContent().build();
    }

    private String known(String organisation) {
        if (organisations.party(organisation).isEmpty()) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
        return Organisations.bare(organisation);
    }
}
