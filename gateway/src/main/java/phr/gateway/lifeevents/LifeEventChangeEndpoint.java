package phr.gateway.lifeevents;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.lifeevent.LifeEvents;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.authorities.ChangeBody;
import phr.gateway.authorities.EvidenceBody;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;

/** The operator verifies a report, or takes it back. */
@Path("/life-events/{id}")
@Produces(MediaType.APPLICATION_JSON)
class LifeEventChangeEndpoint {

    private final CurrentCaller current;
    private final LifeEvents lifeEvents;

    LifeEventChangeEndpoint(CurrentCaller current, LifeEvents lifeEvents) {
        this.current = current;
        this.lifeEvents = lifeEvents;
    }

    @POST
    @Path("/$verify")
    @Consumes(MediaType.WILDCARD)
    public LifeEventView verify(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller operator = Operators.require(current.get());
        ChangeBody change = ChangeBody.read(body);
        return LifeEventView.of(lifeEvents.verify(id(id), EvidenceBody.require(change.evidence()), operator.subject()));
    }

    @POST
    @Path("/$withdraw")
    @Consumes(MediaType.WILDCARD)
    public LifeEventView withdraw(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller operator = Operators.require(current.get());
        ChangeBody change = ChangeBody.read(body);
        return LifeEventView.of(lifeEvents.withdraw(id(id), change.reason(), change.proof(), operator.subject()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
    }
}
