package phr.gateway.simulation;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import phr.consent.directive.Directive;
import phr.consent.engine.Policy;
import phr.consent.gate.Situations;
import phr.consent.simulation.PersonSimulation;
import phr.consent.simulation.SimulationBody;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/** Decides what a body describes; nothing of it is kept. */
@Path("/consents/$simulate")
@Produces(MediaType.APPLICATION_JSON)
class SimulateEndpoint {

    /** A body of 32 MiB becomes a tree many times as large. */
    private static final int AT_ONCE = 4;

    private final CurrentCaller current;
    private final Principals principals;
    private final Situations situations;
    private final RegisteredParties registered;
    private final Clock clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    SimulateEndpoint(
            CurrentCaller current,
            Principals principals,
            Situations situations,
            RegisteredParties registered,
            Clock clock) {
        this.current = current;
        this.principals = principals;
        this.situations = situations;
        this.registered = registered;
        this.clock = clock;
    }

    /**
     * The stateless form for any client that is logged in; the form of a person for herself and for who acts for her, anybody else
     * meets 404.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response simulate(InputStream body) throws IOException {
        Caller caller = current.get();
        if (!room.tryAcquire()) {
            throw Failure.of(Category.BUSY, "busy", "other simulations are running; try again")
                    .exception();
        }
        try {
            SimulationBody parsed = SimulationBody.parse(body.readNBytes(SimulationBody.LARGEST + 1));
            StreamingOutput answer =
                    parsed.aboutPerson() ? ofPerson(caller, parsed.ofPerson()) : parsed.stateless()::write;
            return Response.ok(answer).build();
        } finally {
            room.release();
        }
    }

    private StreamingOutput ofPerson(Caller caller, PersonSimulation simulation) {
        Principal principal = principals.require(caller, simulation.person()).ofConsentRecords();
        Instant now = clock.instant();
        Policy policy = situations.policy(principal.person(), 0, simulation.at(now));
        Set<String> hidden = policy.directives().stream()
                .filter(directive -> !principal.sees(directive))
                .map(Directive::id)
                .collect(Collectors.toSet());
        return simulation.answer(policy.without(hidden), registered, now)::write;
    }
}
