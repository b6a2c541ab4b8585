package phr.gateway.notices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What recipients have time for. */
@ConfigMapping(prefix = "phr.notices")
interface NoticesConfig {

    /** A notice that is not acknowledged after this time is shown to the person as overdue. */
    @WithDefault("24H")
    Duration patience();

    /** Time a recipient has to confirm an erasure. */
    @WithDefault("720H")
    Duration eraseWithin();
}
