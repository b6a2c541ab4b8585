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

    /** Largest file in one request; more is refused with 413 and goes through a resumable upload. */
    @WithDefault("128M")
    MemorySize largest();

    /** Up to this size a file is stored in one transaction and answered at once; above, it becomes a job (lifelog.md §6). */
    @WithDefault("8M")
    MemorySize atOnce();

    /** Largest resumable upload. A lifetime of wearable data fits. */
    @WithDefault("8G")
    MemorySize largestUpload();

    /** How long a held file waits for the person (checkup-cda.md §5.2). */
    @WithDefault("P30D")
    Duration patience();

    /** Where requests are spooled; absent = a private directory below the system's one for temporary files. */
    Optional<Path> spool();
}
