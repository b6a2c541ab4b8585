package phr.gateway.ingest.job.run;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.gateway.access.Delivery;
import phr.gateway.access.RecordAccess;
import phr.gateway.ingest.job.Ending;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.JobRows;
import phr.gateway.ingest.job.JobsConfig;
import phr.gateway.ingest.job.Origin;

/** Takes the job that waits longest and works it off. What fails for the moment is tried again later; what always fails, is ended. */
@Singleton
class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);

    /** Without a batch in between: also what kills the process is not tried for ever. */
    private static final int MOST_TAKES = 20;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final JobRows rows;
    private final RecordAccess access;
    private final FileReading reading;
    private final Purge purge;
    private final JobsConfig config;
    private final Clock clock;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    Worker(JobRows rows, RecordAccess access, FileReading reading, Purge purge, JobsConfig config, Clock clock) {
        this.rows = rows;
        this.access = access;
        this.reading = reading;
        this.purge = purge;
        this.config = config;
        this.clock = clock;
    }

    /** @return whether there was something to do */
    @ActivateRequestContext
    boolean workOne() {
        UUID token = UUID.randomUUID();
        Instant now = clock.instant();
        Optional<Job> job = rows.take(token, now, now.plus(config.lease()));
        if (job.isEmpty()) {
            return false;
        }
        Run run = Run.of(job.get(), token);
        running.add(run);
        try {
            work(run);
        } finally {
            running.remove(run);
        }
        return true;
    }

    /** Whoever still lives keeps what it has taken. */
    void beat() {
        Instant until = clock.instant().plus(config.lease());
        for (Run run : running) {
            if (!rows.beat(run.job().id(), run.token(), until)) {
                run.lost().set(true);
            }
        }
    }

    /** A fault is nobody's reason to stop working; its message may quote rows and is not logged. */
    private void work(Run run) {
        Job job = run.job();
        try {
            if (job.state().ended()) {
                purge.run(run);
            } else if (job.cancel() && job.batches() == 0) {
                end(run, Ending.canceled());
            } else if (job.takes() > MOST_TAKES) {
                end(run, Ending.failed(Failure.of(Category.FAULT, "UPL-7", "the file could not be read")));
            } else {
                read(run);
            }
        } catch (StoppedException e) {
            rows.again(job, run.token());
        } catch (RuntimeException e) {
            LOG.warnf("a job cannot go on now: %s", e.getClass().getSimpleName());
            rows.release(job.id(), run.token(), clock.instant().plus(pause(job.takes())));
        }
    }

    private void read(Run run) {
        Origin origin = run.job().origin();
        try {
            Delivery<Ending> delivery = access.deliver(
                    origin.caller(), origin.ask(), false, (permit, tally) -> reading.read(run, permit, tally));
            if (!delivery.permitted()) {
                end(run, reading.notPermitted());
            } else if (delivery.found().isPresent()) {
                end(run, delivery.found().get());
            }
        } catch (FailureException e) {
            if (e.failure().category() != Category.NOT_FOUND) {
                throw e;
            }
            // Whom the sender does not know any more, she may not consent to.
            end(run, reading.notPermitted());
        }
    }

    private void end(Run run, Ending ending) {
        Instant now = clock.instant();
        rows.end(run.job(), run.token(), ending, now, now.plus(config.kept()));
    }

    private static Duration pause(int takes) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(takes, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
