package phr.gateway.consents.visit;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.ConsentActs;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Registry;
import phr.gateway.people.Organisations;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;
import phr.gateway.web.JsonBody;

/** One step at the reception desk: a clinic may read the chosen groups for exactly 24 hours. At 15 to 17 the child's own act. */
@Path("/consents/$visit")
@Produces(MediaType.APPLICATION_JSON)
class VisitEndpoint {

    private static final Set<String> TREATING = Set.of("medical-institution", "pharmacy", "dental");

    private final CurrentCaller current;
    private final Principals principals;
    private final Organisations organisations;
    private final Registry registry;
    private final ConsentLedger ledger;
    private final ConsentActs acts;
    private final ConsentAnswers answers;
    private final Clock clock;

    VisitEndpoint(
            CurrentCaller current,
            Principals principals,
            Organisations organisations,
            Registry registry,
            ConsentLedger ledger,
            ConsentActs acts,
            ConsentAnswers answers,
            Clock clock) {
        this.current = current;
        this.principals = principals;
        this.organisations = organisations;
        this.registry = registry;
        this.ledger = ledger;
        this.acts = acts;
        this.answers = answers;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "For one visit: treatment, read only, one organisation, the chosen groups, 24 hours")
    @APIResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = ConsentAnswers.Answer.class)))
    public Response visit(
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @RequestBody(content = @Content(schema = @Schema(implementation = VisitBody.class))) InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        if (principal.decidesAlone()) {
            throw Failure.of(Category.FORBIDDEN, "CS-3", "at this age she decides this alone")
                    .exception();
        }
        VisitBody visit = JsonBody.read(body, VisitBody.class);
        Directive permit = visit.permit(clock.instant().truncatedTo(ChronoUnit.MICROS));
        requireTreating(visit.reference());
        Recorded recorded =
                ledger.grant(principal.person(), permit, registry, principal.signs(acts.of(caller, visit.language())));
        acts.log(caller, principal, "visit", recorded);
        return Response.created(URI.create("consents/" + recorded.directive().id()))
                .entity(answers.withReceipt(recorded))
                .build();
    }

    private void requireTreating(String organisation) {
        boolean treats = organisations
                .party(organisation)
                .map(Party::classes)
                .filter(classes -> !Collections.disjoint(classes, TREATING))
                .isPresent();
        if (!treats) {
            throw Failure.of(
                            Category.INVALID,
                            "visit",
                            "the registry knows no such clinic, dentist or pharmacy",
                            "/organisation")
                    .exception();
        }
    }
}
