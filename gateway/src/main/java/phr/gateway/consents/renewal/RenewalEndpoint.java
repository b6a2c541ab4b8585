package phr.gateway.consents.renewal;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.ConsentActs;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Registry;
import phr.gateway.consents.Version;
import phr.gateway.consents.VisibleDirectives;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;
import phr.gateway.web.JsonBody;

/**
 * A later end, before or after the directive expires. More time is a wider permit, so it is an act of its own by the person or her
 * proxy, on the policy text of today (consent-semantics.md §10.1).
 */
@Path("/consents/{id}/$renew")
@Produces(MediaType.APPLICATION_JSON)
class RenewalEndpoint {

    private final CurrentCaller current;
    private final Principals principals;
    private final VisibleDirectives visible;
    private final ConsentLedger ledger;
    private final Registry registry;
    private final ConsentActs acts;
    private final ConsentAnswers answers;
    private final Clock clock;

    RenewalEndpoint(
            CurrentCaller current,
            Principals principals,
            VisibleDirectives visible,
            ConsentLedger ledger,
            Registry registry,
            ConsentActs acts,
            ConsentAnswers answers,
            Clock clock) {
        this.current = current;
        this.principals = principals;
        this.visible = visible;
        this.ledger = ledger;
        this.registry = registry;
        this.acts = acts;
        this.answers = answers;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same directive with a later end, as its next version")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConsentAnswers.Answer.class)))
    public Response renew(
            @PathParam("id") String id,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @HeaderParam("If-Match") @Nullable String match,
            @RequestBody(content = @Content(schema = @Schema(implementation = RenewBody.class))) InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        Directive before = visible.require(principal, id).directive();
        RenewBody renewal = JsonBody.read(body, RenewBody.class);
        Directive next = renewal.of(before, clock.instant().truncatedTo(ChronoUnit.MICROS));
        int expected = match == null ? before.version() : Version.parse(match);
        Recorded recorded = ledger.amend(
                principal.person(),
                UUID.fromString(before.id()),
                expected,
                next,
                registry,
                principal.signs(acts.of(caller, renewal.language())));
        acts.log(caller, principal, "renew", recorded);
        return Response.ok(answers.withReceipt(recorded))
                .header("ETag", "\"" + recorded.directive().version() + "\"")
                .build();
    }
}
