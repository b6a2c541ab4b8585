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
import java.util.concurrent.Semaphore;
import phr.consent.simulation.SimulationBody;
import phr.consent.simulation.StatelessSimulation;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;

/** Decides what a body describes; nothing of it is kept. */
@Path("/consents/$simulate")
@Produces(MediaType.APPLICATION_JSON)
class SimulateEndpoint {

    /** A body of 32 MiB becomes a tree many times as large. */
    private static final int AT_ONCE = 4;

    private final CurrentCaller current;
    private final Semaphore room = new Semaphore(AT_ONCE);

    SimulateEndpoint(CurrentCaller current) {
        this.current = current;
    }

    /** The stateless form for any client that is logged in. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response simulate(InputStream body) throws IOException {
        current.get();
        if (!room.tryAcquire()) {
            throw Failure.of(Category.BUSY, "busy", "other simulations are running; try again")
                    .exception();
        }
        try {
            SimulationBody parsed = SimulationBody.parse(body.readNBytes(SimulationBody.LARGEST + 1));
            StatelessSimulation simulation = parsed.stateless();
            return Response.ok((StreamingOutput) simulation::write).build();
        } finally {
            room.release();
        }
    }
}
