package phr.gateway.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Limits of what is taken in. */
@ConfigMapping(prefix = "phr.ingest")
public interface IngestConfig {

    /** Largest file; more is refused with 413. A lifetime of wearable data fits. */
    @WithDefault("128M")
    MemorySize largest();

    /** Up to this size a file is stored in one transaction; above, batch by batch once its container is verified. */
    @WithDefault("8M")
    MemorySize whole();

    /** How long a held file waits for the person (checkup-cda.md §5.2). */
    @WithDefault("P30D")
    Duration patience();

    /** Where requests are spooled; absent = a private directory below the system's one for temporary files. */
    Optional<Path> spool();
}
