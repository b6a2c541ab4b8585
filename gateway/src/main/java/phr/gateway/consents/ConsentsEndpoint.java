package phr.gateway.consents;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.web.JsonBody;

/** The person's own directives. Nobody else reads or writes them here; whose they are comes from the login. */
@Path("/consents")
@Produces(MediaType.APPLICATION_JSON)
class ConsentsEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final ConsentLedger ledger;
    private final Registry registry;
    private final ConsentActs acts;
    private final ConsentAnswers answers;

    ConsentsEndpoint(
            CurrentCaller current,
            OwnAccount own,
            ConsentLedger ledger,
            Registry registry,
            ConsentActs acts,
            ConsentAnswers answers) {
        this.current = current;
        this.own = own;
        this.ledger = ledger;
        this.registry = registry;
        this.acts = acts;
        this.answers = answers;
    }

    @GET
    public Response list() {
        PersonId person = own.require(current.get());
        List<Recorded> directives = ledger.list(person);
        return Response.ok(answers.list(directives)).build();
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id) {
        return answer(200, answers.one(directive(own.require(current.get()), id)));
    }

    @GET
    @Path("/{id}/receipt")
    public Response receipt(@PathParam("id") String id) {
        return answer(200, answers.withReceipt(directive(own.require(current.get()), id)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response grant(InputStream body) throws IOException {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        Directive draft = draft(body);
        Recorded recorded = ledger.grant(person, draft, registry, acts.of(caller));
        acts.log(caller, person, "grant", recorded);
        return answer(201, answers.withReceipt(recorded));
    }

    /** New content under the same id; the version that is replaced must be named in {@code If-Match}. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response amend(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String match, InputStream body)
            throws IOException {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        UUID directive = id(directive(person, id));
        Recorded recorded =
                ledger.amend(person, directive, Version.parse(match), draft(body), registry, acts.of(caller));
        acts.log(caller, person, "amend", recorded);
        return answer(200, answers.withReceipt(recorded));
    }

    /** Takes effect with the answer at the latest: the very next decision knows it. */
    @POST
    @Path("/{id}/$revoke")
    @Consumes(MediaType.WILDCARD)
    public Response revoke(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        Recorded before = directive(person, id);
        Recorded recorded = ledger.revoke(person, id(before), Revocation.reason(body), acts.of(caller));
        if (recorded.events().size() > before.events().size()) {
            acts.log(caller, person, "revoke", recorded);
        }
        return answer(200, answers.one(recorded));
    }

    private Directive draft(InputStream body) throws IOException {
        Directive draft = DirectiveReader.read(JsonBody.bytes(body));
        registry.requireKnown(draft);
        return draft;
    }

    private Recorded directive(PersonId person, String id) {
        try {
            return ledger.find(person, UUID.fromString(id)).orElseThrow(ConsentsEndpoint::notFound);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
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

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
