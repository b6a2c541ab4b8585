package phr.gateway.ingest.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large files are worked off. */
@ConfigMapping(prefix = "phr.jobs")
public interface JobsConfig {

    /** Jobs that one node reads at a time, each of another person. */
    @WithDefault("2")
    int workers();

    /** Uploads and jobs that one sender may have open for one person; one more is answered with 429. */
    @WithDefault("5")
    int queue();

    /** What a killed node had taken is taken by another one after this time. */
    @WithDefault("30S")
    Duration lease();

    /** How often what came to other nodes, or was left by a crash, is looked for. */
    @WithDefault("1S")
    Duration poll();

    /** An upload to which nothing is added for so long goes. */
    @WithDefault("P2D")
    Duration unfinished();

    /** What became of a file is remembered for so long. */
    @WithDefault("P30D")
    Duration kept();
}
