package phr.gateway.rotation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Goes on with rotations of persons' keys, on whichever node; two that do the same do it once. */
@Singleton
class RotationJob {

    private static final Logger LOG = Logger.getLogger(RotationJob.class);

    private final KeyRotations rotations;
    private final Renewal renewal;

    @Inject
    RotationJob(KeyRotations rotations, Renewal renewal) {
        this.rotations = rotations;
        this.renewal = renewal;
    }

    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        for (KeyRotations.Rotation rotation : rotations.due()) {
            try {
                renewal.complete(rotation);
            } catch (RuntimeException e) {
                LOG.warnf(
                        "the rotation of a person's key was cut off: %s",
                        e.getClass().getName());
            }
        }
    }
}
