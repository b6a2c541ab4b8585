package phr.gateway.consents.pending;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.ConsentActs;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Revocation;
import phr.gateway.consents.request.ApproveBody;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/** What waits for the person to say it again. There is no way to confirm several at once. */
@Path("/consents/pending")
@Produces(MediaType.APPLICATION_JSON)
class PendingEndpoint {

    private final CurrentCaller current;
    private final Principals principals;
    private final PendingConsents pending;
    private final ConsentActs acts;
    private final ConsentAnswers answers;

    PendingEndpoint(
            CurrentCaller current,
            Principals principals,
            PendingConsents pending,
            ConsentActs acts,
            ConsentAnswers answers) {
        this.current = current;
        this.principals = principals;
        this.pending = pending;
        this.acts = acts;
        this.answers = answers;
    }

    @GET
    @Operation(summary = "Permits given before majority or brought from another provider; they open nothing yet")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PendingView[].class)))
    public List<PendingView> list(
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose) {
        return pending.of(principals.require(current.get(), whose));
    }

    @POST
    @Path("/{id}/$confirm")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The person confirms one of them, as it is or narrower, on the policy text of today")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConsentAnswers.Answer.class)))
    public ConsentAnswers.Answer confirm(
            @PathParam("id") String id,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @RequestBody(content = @Content(schema = @Schema(implementation = ApproveBody.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        PersonId person = herself(caller, whose);
        ApproveBody approval = ApproveBody.of(body);
        Recorded recorded = pending.confirm(person, id(id), approval.narrower(), acts.of(caller, approval.language()));
        acts.log(caller, person, "confirm", recorded);
        return answers.withReceipt(recorded);
    }

    @POST
    @Path("/{id}/$refuse")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The person refuses one of them")
    @APIResponse(responseCode = "204", description = "refused")
    public Response refuse(
            @PathParam("id") String id,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @RequestBody(content = @Content(schema = @Schema(implementation = Revocation.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        PersonId person = herself(caller, whose);
        UUID permit = id(id);
        pending.refuse(person, permit, Revocation.reason(body), acts.of(caller));
        acts.log(caller, Principal.self(person), "refuse", permit.toString());
        return Response.noContent().build();
    }

    /** A proxy sees what waits, and answers none of it (CS-10). */
    private PersonId herself(Caller caller, @Nullable String whose) {
        Principal principal = principals.require(caller, whose);
        if (principal.proxy()) {
            throw Failure.of(Category.FORBIDDEN, "CS-10", "only the person herself confirms")
                    .exception();
        }
        return principal.person();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
    }
}
