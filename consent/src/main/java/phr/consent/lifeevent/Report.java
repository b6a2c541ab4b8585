package phr.consent.lifeevent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.Evidence;
import phr.consent.lifecourse.LifeEvent;

/**
 * What somebody reports.
 *
 * @param effectiveAt not in the future but for SERVICE_END; null = now
 * @param authority whose custody ends; of a CUSTODY_CHANGE only
 */
public record Report(
        LifeEvent.Type type,
        @Nullable Instant effectiveAt,
        @Nullable UUID authority,
        @Nullable Evidence evidence) {}
