package phr.gateway.people;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.web.JsonBody;

/** What a person sees of herself, and whom she lets know her. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
class PeopleEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final Principals principals;
    private final People people;
    private final Organisations organisations;

    PeopleEndpoint(
            CurrentCaller current, OwnAccount own, Principals principals, People people, Organisations organisations) {
        this.current = current;
        this.own = own;
        this.principals = principals;
        this.people = people;
        this.organisations = organisations;
    }

    @GET
    @Path("/me")
    public PersonView me() {
        PersonId person = own.require(current.get());
        return people.account(person).map(PersonView::of).orElseThrow();
    }

    /** Her clinic, say, from now on knows her by an id of its own. It may ask; whether it gets anything is a consent. */
    @POST
    @Path("/{person}/introductions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response introduce(@PathParam("person") String path, InputStream body) throws IOException {
        Caller caller = current.get();
        PersonId person = principals.require(caller, path).person();
        Wanted wanted = JsonBody.read(body, Wanted.class);
        if (wanted.organisation() == null
                || organisations.party(wanted.organisation()).isEmpty()) {
            throw Failure.of(
                            Category.INVALID,
                            "organisation",
                            "the organisation is not in the registry",
                            "/organisation")
                    .exception();
        }
        People.Introduction introduction = people.introduce(person, Organisations.bare(wanted.organisation()));
        return Response.status(introduction.created() ? 201 : 200)
                .entity(new Introduced(introduction.organisation(), introduction.patient()))
                .build();
    }

    record Wanted(@Nullable String organisation) {}

    record Introduced(String organisation, UUID patient) {}
}
