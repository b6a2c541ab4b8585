package phr.gateway.notices;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import phr.consent.ledger.ConsentChange;

/** Threads that deliver as long as there is something to deliver; woken by commits here, looking now and then for others'. */
@ApplicationScoped
class Couriers {

    private static final Logger LOG = Logger.getLogger(Couriers.class);

    private final Courier courier;
    private final NoticesConfig config;
    private final Semaphore work = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean open = true;

    Couriers(Courier courier, NoticesConfig config) {
        this.courier = courier;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        for (int i = 1; i <= config.couriers(); i++) {
            Thread thread = new Thread(this::run, "notices-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConsentChange change) {
        wake();
    }

    void wake() {
        work.release();
    }

    void stop(@Observes ShutdownEvent event) {
        open = false;
        threads.forEach(Thread::interrupt);
    }

    private void run() {
        while (open) {
            try {
                if (!delivered()) {
                    boolean woken = work.tryAcquire(config.poll().toMillis(), TimeUnit.MILLISECONDS);
                    if (woken) {
                        work.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A fault is nobody's reason to stop delivering; its message may quote rows and is not logged. */
    private boolean delivered() {
        try {
            return courier.deliverOne();
        } catch (SQLException | RuntimeException e) {
            if (open) {
                LOG.warnf("notices cannot be delivered now: %s", e.getClass().getSimpleName());
            }
            return false;
        }
    }
}
