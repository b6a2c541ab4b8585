package phr.gateway.quarantine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what is stored is validated in full. */
@ConfigMapping(prefix = "phr.quarantine")
public interface QuarantineConfig {

    /** False: nothing is queued. What is in quarantine stays there until the person releases it. */
    @WithDefault("true")
    boolean enabled();

    /** Validations that this node runs at a time; 0 = others do it. */
    @WithDefault("1")
    int workers();

    /** Resources that one worker validates in a second at most: each takes some 30 ms of a processor that requests want too. */
    @WithDefault("5")
    int rate();

    /** What a killed node had taken is taken by another one after this time. */
    @WithDefault("PT5M")
    Duration lease();

    /** How often what was stored by other nodes, or left by a crash, is looked for. */
    @WithDefault("PT5S")
    Duration poll();

    /** The validator takes some 250 MiB: a node with less heap than this does not work on the queue. */
    @WithDefault("640")
    long leastHeapMebibytes();
}
