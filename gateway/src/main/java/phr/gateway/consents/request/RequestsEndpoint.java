package phr.gateway.consents.request;

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
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.request.ConsentRequest;
import phr.consent.request.ConsentRequests;
import phr.consent.request.RequestStatus;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.ConsentActs;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Registry;
import phr.gateway.consents.Revocation;
import phr.gateway.people.People;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;
import phr.gateway.web.JsonBody;

/**
 * Organisations ask, the person answers, or her proxy under an authority (consent-semantics.md §10.1). There is no way to answer several
 * requests at once.
 */
@Path("/consents/requests")
@Produces(MediaType.APPLICATION_JSON)
class RequestsEndpoint {

    private final CurrentCaller current;
    private final Requester requester;
    private final Principals principals;
    private final People people;
    private final ConsentRequests requests;
    private final Registry registry;
    private final RequestViews views;
    private final ConsentActs acts;
    private final ConsentAnswers answers;

    RequestsEndpoint(
            CurrentCaller current,
            Requester requester,
            Principals principals,
            People people,
            ConsentRequests requests,
            Registry registry,
            RequestViews views,
            ConsentActs acts,
            ConsentAnswers answers) {
        this.current = current;
        this.requester = requester;
        this.principals = principals;
        this.people = people;
        this.requests = requests;
        this.registry = registry;
        this.views = views;
        this.acts = acts;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "An organisation asks a person for a permit; one purpose per question")
    @APIResponse(
            responseCode = "201",
            description = "asked; silence until expiresAt is a refusal",
            content = @Content(schema = @Schema(implementation = RequestView.class)))
    public Response ask(
            @RequestBody(content = @Content(schema = @Schema(implementation = AskBody.class))) InputStream body)
            throws IOException {
        Caller caller = current.get();
        String organisation = requester.require(caller);
        AskBody wanted = JsonBody.read(body, AskBody.class);
        PersonId person = people.known(organisation, wanted.known()).orElseThrow(Requester::notFound);
        ConsentRequest asked = requests.ask(
                person,
                wanted.question(organisation, caller),
                grantee -> registry.belongs(grantee, organisation),
                registry);
        acts.logByOthers(caller, person, "ask", key(asked));
        return Response.created(URI.create("consents/requests/" + asked.id()))
                .entity(views.toRequester(asked))
                .build();
    }

    @GET
    @Operation(summary = "The requests to the person, for her or her proxy, or by the organisation that asks")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView[].class)))
    public List<RequestView> list(
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @QueryParam("status") @Nullable String wanted,
            @QueryParam("patient") @Nullable String patient) {
        Caller caller = current.get();
        RequestStatus status = status(wanted);
        Optional<String> organisation = requester.find(caller);
        Stream<ConsentRequest> found;
        Function<ConsentRequest, RequestView> view;
        if (organisation.isPresent()) {
            found =
                    requests
                            .by(organisation.get(), patient == null ? null : known(organisation.get(), patient))
                            .stream();
            view = views::toRequester;
        } else {
            Principal principal = principals.require(caller, whose).ofConsentRecords();
            List<ConsentRequest> all = seen(principal);
            found = all.stream();
            view = request -> views.toPerson(request, all, reader(caller, principal));
        }
        return found.filter(request -> status == null || request.status() == status)
                .map(view)
                .toList();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One request, for the two sides of it only")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView.class)))
    public RequestView read(
            @PathParam("id") String id,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose) {
        Caller caller = current.get();
        Optional<String> organisation = requester.find(caller);
        if (organisation.isPresent()) {
            return views.toRequester(by(organisation.get(), id));
        }
        Principal principal = principals.require(caller, whose).ofConsentRecords();
        return views.toPerson(to(principal, id), seen(principal), reader(caller, principal));
    }

    @POST
    @Path("/{id}/$approve")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The person or her proxy grants what was asked, or less")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = RequestView.Approved.class)))
    public RequestView.Approved approve(
            @PathParam("id") String id,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @RequestBody(content = @Content(schema = @Schema(implementation = ApproveBody.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        ConsentRequest request = to(principal, id);
        ApproveBody approval = ApproveBody.of(body);
        Directive narrower = approval.narrower();
        ConsentRequests.Approved approved = requests.approve(
                request.id(), narrower, registry, principal.signs(acts.of(caller, approval.language())));
        if (approved.changed()) {
            acts.log(caller, principal, "approve", approved.permit());
        }
        return new RequestView.Approved(
                views.toPerson(approved.request(), List.of(), reader(caller, principal)),
                answers.withReceipt(approved.permit()));
    }

    @POST
    @Path("/{id}/$refuse")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The person or her proxy refuses; the reason stays with who gave it")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView.class)))
    public RequestView refuse(
            @PathParam("id") String id,
            @QueryParam("person") @Schema(description = Principals.PARAMETER) @Nullable String whose,
            @RequestBody(content = @Content(schema = @Schema(implementation = Revocation.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        ConsentRequest before = to(principal, id);
        ConsentRequest refused =
                requests.refuse(before.id(), Revocation.reason(body), principal.signs(acts.of(caller)));
        if (before.status() != refused.status()) {
            acts.log(caller, principal, "refuse", key(refused));
        }
        return views.toPerson(refused, List.of(), reader(caller, principal));
    }

    @POST
    @Path("/{id}/$withdraw")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The organisation takes its question back")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView.class)))
    public RequestView withdraw(@PathParam("id") String id) {
        Caller caller = current.get();
        ConsentRequest before = by(requester.require(caller), id);
        ConsentRequest withdrawn = requests.withdraw(before.id(), caller.subject());
        if (before.status() != withdrawn.status()) {
            acts.logByOthers(caller, withdrawn.person(), "withdraw", key(withdrawn));
        }
        return views.toRequester(withdrawn);
    }

    private static @Nullable RequestStatus status(@Nullable String name) {
        try {
            return name == null ? null : RequestStatus.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.MALFORMED, "parameter", "is none of the states of a request", "status")
                    .exception();
        }
    }

    private PersonId known(String organisation, String patient) {
        return people.known(organisation, patient).orElseThrow(Requester::notFound);
    }

    /** To the person, as far as they exist for whoever acts for her. */
    private List<ConsentRequest> seen(Principal principal) {
        return requests.to(principal.person()).stream()
                .filter(request -> principal.sees(request.directive()))
                .toList();
    }

    private ConsentRequest to(Principal principal, String id) {
        return find(id).filter(request -> request.person().equals(principal.person()))
                .filter(request -> principal.sees(request.directive()))
                .orElseThrow(Requester::notFound);
    }

    /** A proxy reads no words but her own. */
    private static @Nullable String reader(Caller caller, Principal principal) {
        return principal.proxy() ? caller.subject() : null;
    }

    private static String key(ConsentRequest request) {
        return "ConsentRequest/" + request.id();
    }

    private ConsentRequest by(String organisation, String id) {
        return find(id).filter(request -> request.question().requester().equals(organisation))
                .orElseThrow(Requester::notFound);
    }

    private Optional<ConsentRequest> find(String id) {
        try {
            return requests.find(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
