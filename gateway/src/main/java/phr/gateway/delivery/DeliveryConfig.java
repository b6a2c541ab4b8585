package phr.gateway.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices and notifications reach others. */
@ConfigMapping(prefix = "phr.notices")
public interface DeliveryConfig {

    /** Webhooks at loopback addresses over plain HTTP: for demos and tests on one machine only. */
    @WithDefault("false")
    boolean insecureLoopback();

    /** Threads that deliver, per node and outbox; each waits for one recipient at a time. */
    @WithDefault("2")
    int couriers();

    /** A recipient that does not answer within this time has not received. */
    @WithDefault("5S")
    Duration timeout();

    /** How often what was written elsewhere, or left by a crash, is looked for. */
    @WithDefault("1S")
    Duration poll();

    /** Pause after the first failure; doubles with each further one. */
    @WithDefault("1S")
    Duration firstPause();

    @WithDefault("1H")
    Duration longestPause();
}
