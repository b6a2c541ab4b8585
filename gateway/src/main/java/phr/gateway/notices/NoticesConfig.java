package phr.gateway.notices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices reach their recipients. */
@ConfigMapping(prefix = "phr.notices")
interface NoticesConfig {

    /** Webhooks at loopback addresses over plain HTTP: for demos and tests on one machine only. */
    @WithDefault("false")
    boolean insecureLoopback();

    /** Threads that deliver, per node; each waits for one recipient at a time. */
    @WithDefault("2")
    int couriers();

    /** A recipient that does not answer within this time has not received. */
    @WithDefault("5S")
    Duration timeout();

    /** How often notices written elsewhere, or left by a crash, are looked for. */
    @WithDefault("1S")
    Duration poll();

    /** Pause after the first failure; doubles with each further one. */
    @WithDefault("1S")
    Duration firstPause();

    @WithDefault("1H")
    Duration longestPause();

    /** A notice that is not acknowledged after this time is shown to the person as overdue. */
    @WithDefault("24H")
    Duration patience();

    /** Time a recipient has to confirm an erasure. */
    @WithDefault("720H")
    Duration eraseWithin();
}
