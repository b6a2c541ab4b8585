package phr.gateway.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** What the operator decides about erasures. */
@ConfigMapping(prefix = "phr.erasure")
interface ErasureConfig {

    /** How long the second step may follow the first. */
    @WithDefault("15m")
    Duration patience();

    /** How long ledgers and receipts are kept after an erasure, e.g. {@code P3Y}. No legal value is built in (regulation.md §5). */
    Optional<Period> ledgersKept();
}
