package phr.gateway.consents;

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
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.web.JsonBody;

/**
 * A later end, before or after the directive expires. More time is a wider permit, so it is an act of the person of its own, on the
 * policy text of today (consent-semantics.md §10.1).
 */
@Path("/consents/{id}/$renew")
@Produces(MediaType.APPLICATION_JSON)
class RenewalEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final ConsentLedger ledger;
    private final Registry registry;
    private final ConsentActs acts;
    private final ConsentAnswers answers;
    private final Clock clock;

    RenewalEndpoint(
            CurrentCaller current,
            OwnAccount own,
            ConsentLedger ledger,
            Registry registry,
            ConsentActs acts,
            ConsentAnswers answers,
            Clock clock) {
        this.current = current;
        this.own = own;
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
            @HeaderParam("If-Match") @Nullable String match,
            @RequestBody(content = @Content(schema = @Schema(implementation = RenewBody.class))) InputStream body)
            throws IOException {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        Directive before = directive(person, id);
        RenewBody renewal = JsonBody.read(body, RenewBody.class);
        Directive next = renewal.of(before, clock.instant().truncatedTo(ChronoUnit.MICROS));
        int expected = match == null ? before.version() : Version.parse(match);
        Recorded recorded = ledger.amend(
                person, UUID.fromString(before.id()), expected, next, registry, acts.of(caller, renewal.language()));
        acts.log(caller, person, "renew", recorded);
        return Response.ok(answers.withReceipt(recorded))
                .header("ETag", "\"" + recorded.directive().version() + "\"")
                .build();
    }

    private Directive directive(PersonId person, String id) {
        try {
            return ledger.find(person, UUID.fromString(id))
                    .map(Recorded::directive)
                    .orElseThrow(RenewalEndpoint::notFound);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
