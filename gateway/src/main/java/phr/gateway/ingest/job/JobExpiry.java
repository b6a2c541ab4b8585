package phr.gateway.ingest.job;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Uploads that nobody finishes, and jobs that ended long ago, go by themselves. */
@Singleton
class JobExpiry {

    private final JobRows rows;
    private final Clock clock;

    @Inject
    JobExpiry(JobRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void discard() {
        rows.removeOverdue(clock.instant());
    }
}
