package phr.gateway.ingest.bundle;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Content;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;
import phr.gateway.ingest.Exchanged;
import phr.gateway.ingest.IngestConfig;
import phr.gateway.ingest.Ingestion;

/** FHIR batch and transaction: Observations of one person, answered entry by entry (FHIR R4 http §batch/transaction). */
@Path("/fhir")
class BatchEndpoint {

    private static final String FHIR = "application/fhir+json";
    private static final String JSON = "application/json";

    private final RecordAccess access;
    private final Ingestion ingestion;
    private final Persons persons;
    private final IngestConfig config;

    @Inject
    BatchEndpoint(RecordAccess access, Ingestion ingestion, Persons persons, IngestConfig config) {
        this.access = access;
        this.ingestion = ingestion;
        this.persons = persons;
        this.config = config;
    }

    /**
     * A Bundle of type batch stores what it can, one of type transaction all or nothing. The person is the subject of its
     * Observations; who is logged in may leave her out. Another person's resource is refused like one that is not valid.
     */
    @POST
    @Consumes({FHIR, JSON})
    @Produces({FHIR, JSON})
    public Response bundle(@Nullable InputStream body) throws IOException {
        byte[] bytes = bytes(body == null ? InputStream.nullInputStream() : body);
        BundleHead head = BundleHead.of(bytes);
        Ask ask = Ask.ofPatient(
                persons.patient(head.subject()),
                Action.CONTRIBUTE,
                Interaction.CREATE,
                head.transaction() ? "transaction" : "batch",
                "Observation");
        Content content = Content.of(bytes);
        Exchanged exchanged = access.perform(
                ask, (permit, tally) -> ingestion.exchange(permit, tally, content, head.entries(), head.transaction()));
        return Response.ok(BundleAnswer.of(exchanged, head.transaction()), FHIR).build();
    }

    private byte[] bytes(InputStream body) throws IOException {
        int most = Math.toIntExact(config.atOnce().asLongValue());
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw Failure.of(Category.TOO_LARGE, "ING-3", "the Bundle is larger than this gateway takes at once")
                    .exception();
        }
        return bytes;
    }
}
