package phr.gateway.erasure;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Goes on with erasures that were cut off, on whichever node, and takes the last look. */
@Singleton
class SweepJob {

    private static final Logger LOG = Logger.getLogger(SweepJob.class);
    private static final int MOST = 200;

    private final Erasures erasures;
    private final Sweep sweep;

    @Inject
    SweepJob(Erasures erasures, Sweep sweep) {
        this.erasures = erasures;
        this.sweep = sweep;
    }

    @Scheduled(every = "1m", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        for (Erasure erasure : erasures.unfinished(MOST)) {
            try {
                sweep.run(erasure);
            } catch (RuntimeException e) {
                LOG.warnf("an erasure was cut off: %s", e.getClass().getName());
            }
        }
    }
}
