package phr.gateway.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait for a recipient that does not receive. */
public final class Backoff {

    private Backoff() {}

    /**
     * Doubles up to the longest, and spreads, so that recipients that come back are not all called at once.
     *
     * @param failures in a row, at least 1
     */
    public static Duration after(int failures, DeliveryConfig config) {
        double doubled = config.firstPause().toMillis() * Math.pow(2, Math.min(failures - 1, 30));
        double most = Math.min(doubled, config.longestPause().toMillis());
        return Duration.ofMillis((long) (most * ThreadLocalRandom.current().nextDouble(0.5, 1.0)));
    }
}
