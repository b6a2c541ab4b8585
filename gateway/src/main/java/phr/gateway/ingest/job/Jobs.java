package phr.gateway.ingest.job;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Permit;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Caller;
import phr.gateway.caller.Interaction;
import phr.gateway.ingest.Sender;
import phr.gateway.people.Owner;
import phr.gateway.people.People;

/** Large files and their jobs, for those who may know of them. */
@Singleton
public class Jobs {

    /** A job may be taken. */
    public record Queued() {}

    /**
     * A job as somebody may see it.
     *
     * @param whole also what follows from what others have sent
     */
    public record Seen(Job job, boolean whole) {}

    private final JobRows rows;
    private final Pieces pieces;
    private final JobsConfig config;
    private final RecordAccess access;
    private final People people;
    private final Event<Queued> queued;
    private final Clock clock;

    Jobs(
            JobRows rows,
            Pieces pieces,
            JobsConfig config,
            RecordAccess access,
            People people,
            Event<Queued> queued,
            Clock clock) {
        this.rows = rows;
        this.pieces = pieces;
        this.config = config;
        this.access = access;
        this.people = people;
        this.queued = queued;
        this.clock = clock;
    }

    /**
     * A file that is going to come.
     *
     * @param permit to contribute
     * @param patient id by which the caller knows the person
     * @throws FailureException BUSY when the caller has too many open
     */
    public Job open(Permit permit, Caller caller, String patient, @Nullable String format, long size) {
        Owner owner = people.owner(caller).orElseThrow(Jobs::unknown);
        UUID id = Ids.v7(clock);
        boolean foreign = Sender.of(permit, access.patientId(permit)).foreign();
        Origin origin = new Origin(caller.nameless(), patient, format, foreign);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expires = now.plus(config.unfinished());
        if (!rows.insert(id, permit.subject(), owner, origin, size, now, expires, config.queue())) {
            throw Failure.of(Category.BUSY, "UPL-1", "too many of your uploads for this person are not finished")
                    .exception();
        }
        return rows.find(id).orElseThrow(Jobs::unknown);
    }

    /**
     * More of its bytes. What has come is durable, also when the stream breaks; the last byte makes it a job.
     *
     * @param offset that the caller believes has arrived
     * @return empty when another request brings bytes at the moment
     * @throws FailureException CONFLICT when something else has arrived
     */
    public Optional<Job> append(Job upload, long offset, InputStream bytes) throws IOException {
        UUID token = UUID.randomUUID();
        Instant now = clock.instant();
        if (!rows.hold(upload.id(), token, now, now.plus(config.lease()))) {
            return Optional.empty();
        }
        try {
            Job held = rows.find(upload.id()).orElseThrow(Jobs::unknown);
            if (held.arrived() != offset) {
                throw Failure.of(Category.CONFLICT, "UPL-2", "the offset is not what has arrived")
                        .exception();
            }
            pieces.append(held, token, bytes);
        } finally {
            rows.release(upload.id(), token, null);
        }
        Job after = rows.find(upload.id()).orElseThrow(Jobs::unknown);
        if (after.state() != Job.State.UPLOADING) {
            queued.fire(new Queued());
        }
        return Optional.of(after);
    }

    /** An upload of the caller, also when it has become a job. */
    public Optional<Job> upload(Caller caller, UUID id) {
        Instant now = clock.instant();
        return rows.find(id)
                .filter(job -> isOwner(caller, job))
                .filter(job -> job.state() != Job.State.UPLOADING
                        || job.times().expires().isAfter(now));
    }

    /** @throws FailureException NOT_FOUND unless the caller has sent it, or is the person whose record it is for */
    public Seen seen(Caller caller, UUID id) {
        Job job =
                rows.find(id).filter(one -> one.state() != Job.State.UPLOADING).orElseThrow(Jobs::unknown);
        if (isOwner(caller, job)) {
            return new Seen(job, !job.origin().foreign());
        }
        if (isPerson(caller, job.person())) {
            return new Seen(job, true);
        }
        throw unknown();
    }

    /** Stops it; an upload goes with its bytes. */
    public void cancel(Job job) {
        if (job.state() != Job.State.UPLOADING || !rows.discard(job.id())) {
            Instant now = clock.instant();
            rows.cancel(job, now, now.plus(config.kept()));
        }
    }

    /**
     * Stops it, and deletes what it has created: as the person deletes.
     *
     * @throws FailureException FORBIDDEN for anybody else
     */
    public void purge(Job job, Caller caller) {
        Ask ask = deletion(job);
        boolean herself = caller.organisation() == null
                && access.perform(ask, permit -> permit.request().capacity() == Capacity.SELF);
        if (!herself) {
            throw Failure.of(Category.FORBIDDEN, "UPL-4", "only the person herself deletes")
                    .exception();
        }
        rows.purge(job, caller.nameless());
        queued.fire(new Queued());
    }

    /** May what the job has created be deleted? */
    public static Ask deletion(Job job) {
        return Ask.ofHolder(job.person(), Action.CORRECT, Interaction.DELETE, "purge ingest");
    }

    private boolean isOwner(Caller caller, Job job) {
        return people.owner(caller).filter(job.owner()::equals).isPresent();
    }

    /** Also who lawfully acts for her; in an application of her own, for another one is a source like any other. */
    private boolean isPerson(Caller caller, PersonId person) {
        if (caller.organisation() != null) {
            return false;
        }
        Ask ask = Ask.ofHolder(person, Action.CONTRIBUTE, Interaction.CREATE, "read ingest job");
        try {
            return access.again(caller, ask).filter(Jobs::firstParty).isPresent();
        } catch (FailureException e) {
            if (e.failure().category() == Category.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static boolean firstParty(Permit permit) {
        ClientApp app = permit.request().app();
        return app != null && app.firstParty();
    }

    public static FailureException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
