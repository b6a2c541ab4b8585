package phr.gateway.rotation;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;
import phr.gateway.rotation.KeyRotations.Rotation;

/** A new data key for one person, when she or an operator suspects that the old one has leaked. */
@Path("/people/{person}/key-rotation")
@Produces(MediaType.APPLICATION_JSON)
class KeyRotationEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final People people;
    private final KeyRotations rotations;
    private final AccessLog log;

    KeyRotationEndpoint(CurrentCaller current, OwnAccount own, People people, KeyRotations rotations, AccessLog log) {
        this.current = current;
        this.own = own;
        this.people = people;
        this.rotations = rotations;
        this.log = log;
    }

    /**
     * @param state UNDER_WAY while stored payloads are written anew, else SETTLED
     * @param began null when settled
     */
    record View(String state, @Nullable String began) {

        static View of(Optional<Rotation> rotation) {
            return rotation.map(one -> new View("UNDER_WAY", one.began().toString()))
                    .orElse(new View("SETTLED", null));
        }
    }

    /** 202: new data are under the new key now, the rest follows. Again while it runs answers the same. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response begin(@PathParam("person") String id) {
        Caller caller = current.get();
        PersonId person = person(caller, id);
        Optional<Rotation> rotation = rotations.begin(person);
        if (rotation.isEmpty()) {
            throw notFound();
        }
        log.append(new AccessEvent(
                person,
                null,
                caller.client(),
                Operators.is(caller) ? "operator" : AccessEvent.SELF,
                "key",
                "rotate data key",
                List.of(),
                AccessEvent.Outcome.PERMIT,
                Operators.is(caller) ? "OPERATOR" : "SELF",
                List.of()));
        return Response.accepted(View.of(rotation)).build();
    }

    @GET
    public View state(@PathParam("person") String id) {
        return View.of(rotations.find(person(current.get(), id)));
    }

    private PersonId person(Caller caller, String id) {
        if (Operators.is(caller)) {
            return people.find(id).orElseThrow(KeyRotationEndpoint::notFound);
        }
        return id.equals("me") ? own.require(caller) : own.require(caller, id);
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
