package phr.gateway.transfer;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;

/** A package of another provider into the record of a person who has an account at both (phr-package.md §7, §8.1). */
@Path("/transfer/{person}/import")
class ImportEndpoint {

    private final RecordAccess access;
    private final Arrival arrival;

    @Inject
    ImportEndpoint(RecordAccess access, Arrival arrival) {
        this.access = access;
        this.arrival = arrival;
    }

    /** 201 with the receipt; the same package again answers the first receipt with 200 and changes nothing. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response importPackage(@PathParam("person") String person, @Nullable InputStream body) throws IOException {
        Ask ask = Ask.ofPatient(person, Action.CONTRIBUTE, Interaction.CREATE, "import");
        InputStream in = body == null ? InputStream.nullInputStream() : body;
        try (Arrival.Delivery delivery = arrival.expect(in)) {
            Arrival.Answer answer = access.perform(ask, delivery::accept);
            return Response.status(answer.status()).entity(answer.json()).build();
        }
    }
}
