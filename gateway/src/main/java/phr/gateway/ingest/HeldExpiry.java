package phr.gateway.ingest;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Held files go by themselves when the person does not decide. */
@Singleton
class HeldExpiry {

    private final HeldUploads held;

    @Inject
    HeldExpiry(HeldUploads held) {
        this.held = held;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void discard() {
        held.removeOverdue();
    }
}
