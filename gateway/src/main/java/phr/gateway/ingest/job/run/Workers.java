package phr.gateway.ingest.job.run;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import phr.gateway.delivery.CourierThreads;
import phr.gateway.ingest.job.Jobs;
import phr.gateway.ingest.job.JobsConfig;

/** The threads that work off jobs, and the one that says they live. */
@ApplicationScoped
class Workers {

    private static final Logger LOG = Logger.getLogger(Workers.class);

    private final Worker worker;
    private final JobsConfig config;
    private final CourierThreads threads;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "jobs-heart");
        thread.setDaemon(true);
        return thread;
    });

    Workers(Worker worker, JobsConfig config) {
        this.worker = worker;
        this.config = config;
        this.threads = new CourierThreads("jobs", config.workers(), config.poll(), worker::workOne);
    }

    void start(@Observes StartupEvent event) {
        threads.start();
        long pause = Math.max(100, config.lease().toMillis() / 4);
        heart.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }

    void queued(@Observes Jobs.Queued queued) {
        threads.wake();
    }

    void stop(@Observes ShutdownEvent event) {
        threads.stop();
        heart.shutdownNow();
    }

    /** One that fails is followed by others before the lease is over. */
    private void beat() {
        try {
            worker.beat();
        } catch (RuntimeException e) {
            LOG.warnf("jobs: cannot say that they go on: %s", e.getClass().getSimpleName());
        }
    }
}
