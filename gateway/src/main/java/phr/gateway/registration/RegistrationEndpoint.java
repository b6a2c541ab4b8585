package phr.gateway.registration;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;
import phr.gateway.people.PersonView;

/** {@code POST /people}: the citizen who is logged in becomes a person here; again answers the same. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
class RegistrationEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final People people;
    private final Enrolment enrolment;

    RegistrationEndpoint(CurrentCaller current, OwnAccount own, People people, Enrolment enrolment) {
        this.current = current;
        this.own = own;
        this.people = people;
        this.enrolment = enrolment;
    }

    @POST
    public Response register() {
        Caller caller = current.get();
        if (caller.system() || caller.organisation() != null) {
            throw Failure.of(Category.FORBIDDEN, "citizens-only", "only a citizen registers")
                    .exception();
        }
        own.requireFirstParty(caller);
        boolean known = people.self(caller).isPresent();
        PersonId person = people.register(caller);
        Account account = people.account(person).orElseThrow();
        if (!people.enrolled(person)) {
            enrolment.storePatient(account, caller.client());
            people.markEnrolled(person);
        }
        return Response.status(known ? 200 : 201).entity(PersonView.of(account)).build();
    }
}
