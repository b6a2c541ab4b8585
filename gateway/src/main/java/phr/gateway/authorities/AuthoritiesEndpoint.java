package phr.gateway.authorities;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;
import phr.gateway.web.JsonBody;

/** Who acts for whom: to claim, to name, to accept, to look up. */
@Path("/authorities")
@Produces(MediaType.APPLICATION_JSON)
class AuthoritiesEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final People people;
    private final AuthorityActs acts;

    AuthoritiesEndpoint(CurrentCaller current, OwnAccount own, People people, AuthorityActs acts) {
        this.current = current;
        this.own = own;
        this.people = people;
        this.acts = acts;
    }

    /**
     * Those the caller holds and those over her. An operator gets those over one person, or all that wait for verification.
     *
     * @param held null for an operator
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(@Nullable List<AuthorityView> held, List<AuthorityView> over) {}

    record Acceptance(@Nullable String code) {}

    @GET
    public Listed list(@QueryParam("person") @Nullable String person) {
        Caller caller = current.get();
        if (Operators.is(caller)) {
            return new Listed(
                    null,
                    person == null
                            ? acts.waiting()
                            : acts.over(people.find(person).orElseThrow(AuthoritiesEndpoint::notFound)));
        }
        var self = own.require(caller);
        return new Listed(acts.held(self), acts.over(self));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(InputStream body) throws IOException {
        AuthorityView view = acts.register(current.get(), JsonBody.read(body, ClaimBody.class));
        return Response.status(201)
                .location(URI.create("authorities/" + view.id()))
                .entity(view)
                .build();
    }

    @POST
    @Path("/$accept")
    @Consumes(MediaType.APPLICATION_JSON)
    public AuthorityView accept(InputStream body) throws IOException {
        return acts.accept(current.get(), JsonBody.read(body, Acceptance.class).code());
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
