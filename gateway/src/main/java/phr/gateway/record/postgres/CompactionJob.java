package phr.gateway.record.postgres;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Runs the {@link Compactor} in the background. What fails stays fresh, which is as good to read, and is tried again. */
@Singleton
class CompactionJob {

    private static final Logger LOG = Logger.getLogger(CompactionJob.class);

    private final Compactor compactor;

    @Inject
    CompactionJob(Compactor compactor) {
        this.compactor = compactor;
    }

    @Scheduled(
            every = "${phr.record.compaction-every:1s}",
            delayed = "5s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        compactor.waiting().forEach(person -> {
            try {
                compactor.compact(person);
            } catch (RuntimeException e) {
                LOG.warnf("compaction failed: %s", e.getClass().getName());
            }
        });
    }
}
