package phr.gateway.ingest;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import phr.consent.Action;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Interaction;
import phr.gateway.record.RecordStore;

/** Files that contradict the account: the person looks, confirms or discards. */
@Path("/ingest/{person}")
class HeldEndpoint {

    private final RecordAccess access;
    private final HeldUploads held;
    private final Ingestion ingestion;
    private final RecordStore store;
    private final Spool spool;
    private final Instance<ConfirmedElsewhere> elsewhere;

    @Inject
    HeldEndpoint(
            RecordAccess access,
            HeldUploads held,
            Ingestion ingestion,
            RecordStore store,
            Spool spool,
            @Any Instance<ConfirmedElsewhere> elsewhere) {
        this.access = access;
        this.held = held;
        this.ingestion = ingestion;
        this.store = store;
        this.spool = spool;
        this.elsewhere = elsewhere;
    }

    /** What waits, with the elements that differ and no values. */
    @GET
    @Path("/held")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@PathParam("person") String person) {
        return access.perform(ask(person, "list held files"), permit -> {
            Sender.requirePerson(permit);
            return Answer.of(held.list(permit.subject()));
        });
    }

    /** The person says the file is hers: it is stored, with her as attester. */
    @POST
    @Path("/held/{id}/$confirm")
    @Produces(MediaType.APPLICATION_JSON)
    public Response confirm(@PathParam("person") String person, @PathParam("id") String id) {
        UUID file = parse(id);
        return access.perform(ask(person, "confirm held file"), (permit, tally) -> confirm(permit, tally, file));
    }

    private Response confirm(Permit permit, Tally tally, UUID id) {
        Sender.requirePerson(permit);
        HeldUploads.Waiting waiting = held.find(permit.subject(), id).orElseThrow(HeldEndpoint::unknown);
        try (Spooled file = spool.create()) {
            return confirmed(permit, tally, waiting, held.open(permit.subject(), waiting, file));
        } catch (IOException e) {
            throw new UncheckedIOException("spooled file fails", e);
        }
    }

    private Response confirmed(Permit permit, Tally tally, HeldUploads.Waiting waiting, Content content) {
        for (ConfirmedElsewhere other : elsewhere) {
            if (other.format().equals(waiting.upload().family())) {
                byte[] answer = store.together(() -> {
                    held.remove(permit.subject(), waiting.id());
                    return other.confirm(permit, tally, content);
                });
                return Response.status(201).entity(answer).build();
            }
        }
        return ingestion
                .confirm(permit, tally, waiting.id(), waiting.upload(), content)
                .answer();
    }

    /** The file is not hers: its bytes are gone. */
    @DELETE
    @Path("/held/{id}")
    public Response discard(@PathParam("person") String person, @PathParam("id") String id) {
        UUID file = parse(id);
        boolean removed = access.perform(ask(person, "discard held file"), permit -> {
            Sender.requirePerson(permit);
            return held.remove(permit.subject(), file);
        });
        if (!removed) {
            throw unknown();
        }
        return Response.noContent().build();
    }

    private static Ask ask(String person, String label) {
        return Ask.ofPatient(person, Action.CONTRIBUTE, Interaction.CREATE, label);
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static FailureException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "no such held file").exception();
    }
}
