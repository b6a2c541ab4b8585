package phr.gateway.transfer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of packages. */
@ConfigMapping(prefix = "phr.transfer")
interface TransferConfig {

    /** Largest package; more is refused with 413. */
    @WithDefault("1G")
    MemorySize largest();
}
