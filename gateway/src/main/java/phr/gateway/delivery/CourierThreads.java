package phr.gateway.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Threads that deliver as long as there is something to deliver; woken by commits here, looking now and then for others'. */
public final class CourierThreads {

    private static final Logger LOG = Logger.getLogger(CourierThreads.class);

    /** One delivery. */
    public interface Round {
        /** @return whether there was something to deliver */
        boolean deliverOne() throws SQLException;
    }

    private final String name;
    private final int most;
    private final Duration poll;
    private final Round round;
    private final Semaphore work = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean open = true;

    /** @param name what is delivered */
    public CourierThreads(String name, DeliveryConfig config, Round round) {
        this(name, config.couriers(), config.poll(), round);
    }

    /**
     * @param name what is done
     * @param most threads
     * @param poll how often what was written elsewhere, or left by a crash, is looked for
     */
    public CourierThreads(String name, int most, Duration poll, Round round) {
        this.name = name;
        this.most = most;
        this.poll = poll;
        this.round = round;
    }

    public void start() {
        for (int i = 1; i <= most; i++) {
            Thread thread = new Thread(this::run, name + "-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    public void wake() {
        work.release();
    }

    public void stop() {
        open = false;
        threads.forEach(Thread::interrupt);
    }

    private void run() {
        while (open) {
            try {
                if (!delivered()) {
                    boolean woken = work.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
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
            return round.deliverOne();
        } catch (SQLException | RuntimeException e) {
            if (open) {
                LOG.warnf("%s cannot be done now: %s", name, e.getClass().getSimpleName());
            }
            return false;
        }
    }
}
