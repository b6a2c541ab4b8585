package phr.gateway.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.logging.Logger;
import phr.gateway.delivery.CourierThreads;
import phr.gateway.validation.StoredValidation;

/** The threads that validate what is stored. */
@ApplicationScoped
class Inspectors {

    private static final Logger LOG = Logger.getLogger(Inspectors.class);
    private static final long MEBIBYTE = 1 << 20;

    private final ValidationQueue queue;
    private final StoredValidation validation;
    private final QuarantineConfig config;
    private final CourierThreads threads;
    private volatile boolean working;

    Inspectors(
            Inspector inspector,
            ValidationQueue queue,
            QuarantineRows rows,
            StoredValidation validation,
            QuarantineConfig config,
            MeterRegistry metrics) {
        this.queue = queue;
        this.validation = validation;
        this.config = config;
        this.threads = new CourierThreads("quarantine", config.workers(), config.poll(), inspector::inspectOne);
        metrics.gauge("phr.quarantine.waiting", queue, ValidationQueue::size);
        metrics.gauge("phr.quarantine.resources", rows, QuarantineRows::quarantined);
    }

    void start(@Observes StartupEvent event) {
        long heap = Runtime.getRuntime().maxMemory() / MEBIBYTE;
        if (!config.enabled() || config.workers() == 0) {
            return;
        }
        if (heap < config.leastHeapMebibytes()) {
            LOG.warnf(
                    "this node validates nothing that is stored: it has %d MiB of heap, phr.quarantine.least-heap-mebibytes is %d",
                    heap, config.leastHeapMebibytes());
            return;
        }
        int again = queue.again(validation.edition());
        if (again > 0) {
            LOG.infof(
                    "validator, guide or packages have changed: %d resources in quarantine are validated again", again);
        }
        threads.start();
        working = true;
    }

    void queued(@Observes(during = TransactionPhase.AFTER_SUCCESS) ValidationQueue.Queued queued) {
        if (working) {
            threads.wake();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.stop();
    }
}
