package phr.gateway.consents;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.gateway.authorities.Moments;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;
import phr.gateway.web.JsonBody;

/**
 * The person's directives. Whose they are comes from the login; a proxy names the person, {@code ?person=}, and signs with her
 * authority.
 */
@Path("/consents")
@Produces(MediaType.APPLICATION_JSON)
class ConsentsEndpoint {

    private final CurrentCaller current;
    private final Principals principals;
    private final ConsentLedger ledger;
    private final VisibleDirectives visible;
    private final Clock clock;
    private final Registry registry;
    private final ConsentActs acts;
    private final ConsentAnswers answers;

    ConsentsEndpoint(
            CurrentCaller current,
            Principals principals,
            ConsentLedger ledger,
            VisibleDirectives visible,
            Clock clock,
            Registry registry,
            ConsentActs acts,
            ConsentAnswers answers) {
        this.current = current;
        this.principals = principals;
        this.ledger = ledger;
        this.visible = visible;
        this.clock = clock;
        this.registry = registry;
        this.acts = acts;
        this.answers = answers;
    }

    /**
     * What is in force; with {@code at} what was in force then, with {@code known} as far as it was known then. What the stage of
     * life freezes or lets wait shows so.
     */
    @GET
    public Response list(
            @QueryParam("person") @Nullable String whose,
            @QueryParam("at") @Nullable String at,
            @QueryParam("known") @Nullable String known) {
        Principal principal = principals.require(current.get(), whose);
        Instant now = clock.instant();
        List<Recorded> directives = ledger.asOf(
                principal.personOfConsentRecords(),
                at == null ? now : Moments.parse(at, "at"),
                known == null ? now : Moments.parse(known, "known"));
        return Response.ok(answers.list(VisibleDirectives.seen(principal, directives)))
                .build();
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id, @QueryParam("person") @Nullable String whose) {
        Principal principal = principals.require(current.get(), whose).ofConsentRecords();
        return answer(200, answers.one(visible.require(principal, id)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response grant(@QueryParam("person") @Nullable String whose, InputStream body) throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        Directive draft = draft(body);
        Recorded recorded = ledger.grant(principal.person(), draft, registry, principal.signs(acts.of(caller)));
        acts.log(caller, principal, "grant", recorded);
        return answer(201, answers.withReceipt(recorded));
    }

    /** New content under the same id; the version that is replaced must be named in {@code If-Match}. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response amend(
            @PathParam("id") String id,
            @QueryParam("person") @Nullable String whose,
            @HeaderParam("If-Match") @Nullable String match,
            InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        PersonId person = principal.person();
        UUID directive = id(visible.require(principal, id));
        Recorded recorded = ledger.amend(
                person, directive, Version.parse(match), draft(body), registry, principal.signs(acts.of(caller)));
        acts.log(caller, principal, "amend", recorded);
        return answer(200, answers.withReceipt(recorded));
    }

    /** Takes effect with the answer at the latest: the very next decision knows it. */
    @POST
    @Path("/{id}/$revoke")
    @Consumes(MediaType.WILDCARD)
    public Response revoke(
            @PathParam("id") String id, @QueryParam("person") @Nullable String whose, @Nullable InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        Recorded before = visible.require(principal, id);
        Recorded recorded = ledger.revoke(
                principal.person(), id(before), Revocation.reason(body), principal.signs(acts.of(caller)));
        if (recorded.events().size() > before.events().size()) {
            acts.log(caller, principal, "revoke", recorded);
        }
        return answer(200, answers.one(recorded));
    }

    private Directive draft(InputStream body) throws IOException {
        Directive draft = DirectiveReader.read(JsonBody.bytes(body));
        registry.requireKnown(draft);
        return draft;
    }

    private static UUID id(Recorded recorded) {
        return UUID.fromString(recorded.directive().id());
    }

    private static Response answer(int status, ConsentAnswers.Answer answer) {
        Response.ResponseBuilder response = Response.status(status)
                .entity(answer)
                .header("ETag", "\"" + answer.directive().get("version").asInt() + "\"");
        if (status == 201) {
            response.location(
                    URI.create("consents/" + answer.directive().get("id").asText()));
        }
        return response.build();
    }
}
