package phr.gateway.consents.shared;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import phr.consent.ledger.Recorded;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.ConsentActs;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.people.Organisations;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/** Everything I have shared, with whom, until when; and one step to stop a recipient. */
@Path("/consents/shared")
@Produces(MediaType.APPLICATION_JSON)
class SharedEndpoint {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private final CurrentCaller current;
    private final Principals principals;
    private final Organisations organisations;
    private final SharedConsents shared;
    private final Stopping stopping;
    private final ConsentActs acts;
    private final ConsentAnswers answers;
    private final Clock clock;
    private final String service;

    SharedEndpoint(
            CurrentCaller current,
            Principals principals,
            Organisations organisations,
            SharedConsents shared,
            Stopping stopping,
            ConsentActs acts,
            ConsentAnswers answers,
            Clock clock,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.current = current;
        this.principals = principals;
        this.organisations = organisations;
        this.shared = shared;
        this.stopping = stopping;
        this.acts = acts;
        this.answers = answers;
        this.clock = clock;
        this.service = baseUrl.replaceFirst("/fhir$", "");
    }

    @GET
    @Operation(summary = "Everything the person shares, by recipient")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SharedView[].class)))
    public List<SharedView> list(
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @QueryParam("expiring")
                    @Schema(description = "only what is in force and ends within this period, e.g. P30D")
                    @Nullable
                    String expiring) {
        Principal principal = principals.require(current.get(), whose);
        return shared.of(principal, expiring == null ? null : within(expiring));
    }

    @POST
    @Path("/{organisation}/$stop")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "One step: nothing more to this organisation")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StopAnswer.class)))
    public StopAnswer stop(
            @PathParam("organisation") String organisation,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @RequestBody(content = @Content(schema = @Schema(implementation = StopBody.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        String name = organisations.name(organisation).orElseThrow(SharedEndpoint::notFound);
        StopBody wanted = StopBody.of(body);
        Stopping.Stopped stopped = stopping.stop(
                principal,
                SharedConsents.bare(organisation),
                wanted.choice(),
                wanted.reason(),
                principal.signs(acts.of(caller)));
        acts.log(caller, principal, "stop", stopped.deny());
        return new StopAnswer(
                name,
                answers.one(stopped.deny()),
                ids(stopped.revoked()),
                ids(stopped.overridden()),
                StopAnswer.EXPLANATION,
                new SharedView.Step(
                        "POST",
                        service + "/consents/" + stopped.deny().directive().id() + "/$revoke"
                                + SharedConsents.whose(principal)));
    }

    private Instant within(String period) {
        try {
            return clock.instant().atZone(TOKYO).plus(Period.parse(period)).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw Failure.of(Category.MALFORMED, "parameter", "must be a period such as P30D", "expiring")
                    .exception();
        }
    }

    private static List<String> ids(List<Recorded> recorded) {
        return recorded.stream().map(one -> one.directive().id()).toList();
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
