package phr.gateway.ingest.job.run;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Normalisation;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.ingest.Ingestion;
import phr.gateway.ingest.job.Ending;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.PieceContent;
import phr.gateway.ingest.job.Pieces;

/** Reads the file of a job: decrypted piece by piece, normalised, validated and stored batch by batch. */
@Singleton
class FileReading {

    private final RecordAccess access;
    private final Pieces pieces;
    private final Ingestion ingestion;
    private final Checkpoints checkpoints;

    FileReading(RecordAccess access, Pieces pieces, Ingestion ingestion, Checkpoints checkpoints) {
        this.access = access;
        this.pieces = pieces;
        this.ingestion = ingestion;
        this.checkpoints = checkpoints;
    }

    /**
     * @return what became of the file; empty when somebody else goes on with it
     * @throws FailureException when it may go better the next time
     */
    Optional<Ending> read(Run run, Permit permit, Tally tally) {
        Job job = run.job();
        PieceContent content;
        try {
            byte[] head = pieces.head(job);
            ingestion.check(
                    Arrays.copyOf(head, Math.min(head.length, Normalisation.HEAD)),
                    job.origin().format());
            content = pieces.content(job);
        } catch (FailureException e) {
            return Optional.of(refused(e));
        }
        Optional<Ending> ending = read(run, permit, tally, new Counted(content));
        content.check();
        return ending;
    }

    private Optional<Ending> read(Run run, Permit permit, Tally tally, Counted content) {
        Job job = run.job();
        Instant arrived = Objects.requireNonNull(job.times().queued());
        Batches batches = new Batches(checkpoints, run, new Standing(access, job.origin(), permit), content);
        String format = job.origin().format();
        try {
            return Optional.of(Ending.complete(ingestion.read(permit, tally, content, format, arrived, batches)));
        } catch (FailureException e) {
            Ending ending = refused(e);
            ingestion.interrupted(permit, tally, content, format, batches.saved());
            return Optional.of(ending);
        } catch (StoppedException e) {
            Optional<Ending> ending = stopped(e);
            if (ending.isPresent()) {
                ingestion.interrupted(permit, tally, content, format, batches.saved());
            }
            return ending;
        }
    }

    private Optional<Ending> stopped(StoppedException e) {
        return switch (e.reason()) {
            case CANCELED -> Optional.of(Ending.canceled());
            case NOT_PERMITTED -> Optional.of(notPermitted());
            case LOST -> Optional.empty();
            case READ_OTHERWISE -> throw e;
        };
    }

    /** What is the fault of the file, and not of the moment. */
    private static Ending refused(FailureException e) {
        Category category = e.failure().category();
        if (category == Category.UNAVAILABLE || category == Category.FAULT || category == Category.BUSY) {
            throw e;
        }
        return Ending.failed(e.failure());
    }

    /** As the call would have been refused. */
    Ending notPermitted() {
        return access.consentRequired() instanceof FailureException refusal
                ? Ending.failed(refusal.failure())
                : Ending.failed(Failure.of(Category.FORBIDDEN, "consent-required", "the person has not consented"));
    }
}
