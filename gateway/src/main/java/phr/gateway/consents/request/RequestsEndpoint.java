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
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;
import phr.gateway.web.JsonBody;

/** Organisations ask, the person answers (consent-semantics.md §10.1). There is no way to answer several requests at once. */
@Path("/consents/requests")
@Produces(MediaType.APPLICATION_JSON)
class RequestsEndpoint {

    private final CurrentCaller current;
    private final Requester requester;
    private final OwnAccount own;
    private final People people;
    private final ConsentRequests requests;
    private final Registry registry;
    private final RequestViews views;
    private final ConsentActs acts;
    private final ConsentAnswers answers;

    RequestsEndpoint(
            CurrentCaller current,
            Requester requester,
            OwnAccount own,
            People people,
            ConsentRequests requests,
            Registry registry,
            RequestViews views,
            ConsentActs acts,
            ConsentAnswers answers) {
        this.current = current;
        this.requester = requester;
        this.own = own;
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
        return Response.created(URI.create("consents/requests/" + asked.id()))
                .entity(views.toRequester(asked))
                .build();
    }

    @GET
    @Operation(summary = "The requests to the person who asks, or by the organisation that asks")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView[].class)))
    public List<RequestView> list(
            @QueryParam("status") @Nullable String wanted, @QueryParam("patient") @Nullable String patient) {
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
            List<ConsentRequest> all = requests.to(own.require(caller));
            found = all.stream();
            view = request -> views.toPerson(request, all);
        }
        return found.filter(request -> status == null || request.status() == status)
                .map(view)
                .toList();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One request, for the two sides of it only")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView.class)))
    public RequestView read(@PathParam("id") String id) {
        Caller caller = current.get();
        Optional<String> organisation = requester.find(caller);
        if (organisation.isPresent()) {
            return views.toRequester(by(organisation.get(), id));
        }
        ConsentRequest request = to(own.require(caller), id);
        return views.toPerson(request, requests.to(request.person()));
    }

    @POST
    @Path("/{id}/$approve")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The person grants what was asked, or less")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = RequestView.Approved.class)))
    public RequestView.Approved approve(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = ApproveBody.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        PersonId person = own.require(caller);
        ConsentRequest request = to(person, id);
        ApproveBody approval = ApproveBody.of(body);
        Directive narrower = approval.narrower();
        ConsentRequests.Approved approved =
                requests.approve(request.id(), narrower, registry, acts.of(caller, approval.language()));
        if (request.status() == RequestStatus.OPEN) {
            acts.log(caller, person, "approve", approved.permit());
        }
        return new RequestView.Approved(
                views.toPerson(approved.request(), List.of()), answers.withReceipt(approved.permit()));
    }

    @POST
    @Path("/{id}/$refuse")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The person refuses; her reason stays with her")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView.class)))
    public RequestView refuse(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = Revocation.class))) @Nullable
                    InputStream body)
            throws IOException {
        Caller caller = current.get();
        ConsentRequest request = to(own.require(caller), id);
        return views.toPerson(requests.refuse(request.id(), Revocation.reason(body), caller.subject()), List.of());
    }

    @POST
    @Path("/{id}/$withdraw")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The organisation takes its question back")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestView.class)))
    public RequestView withdraw(@PathParam("id") String id) {
        Caller caller = current.get();
        ConsentRequest request = by(requester.require(caller), id);
        return views.toRequester(requests.withdraw(request.id(), caller.subject()));
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

    private ConsentRequest to(PersonId person, String id) {
        return find(id).filter(request -> request.person().equals(person)).orElseThrow(Requester::notFound);
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
