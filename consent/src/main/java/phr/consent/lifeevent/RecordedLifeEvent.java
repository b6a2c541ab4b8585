package phr.consent.lifeevent;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.PersonId;

/**
 * A life event as it stands in the ledger.
 *
 * @param authority whose custody ends; of a CUSTODY_CHANGE
 * @param reportedBy account of the reporter
 * @param acts what happened to the report since, oldest first
 */
public record RecordedLifeEvent(
        UUID id,
        PersonId person,
        LifeEvent.Type type,
        Instant effectiveAt,
        @Nullable UUID authority,
        String reportedBy,
        Instant reportedAt,
        List<Act> acts) {

    /** What the operator did with a report. */
    public enum ActType {
        VERIFIED,
        WITHDRAWN
    }

    /** One act. */
    public record Act(
            ActType type,
            Instant at,
            String actor,
            @Nullable String reason) {}

    public RecordedLifeEvent {
        acts = List.copyOf(acts);
    }

    public boolean verified() {
        return acts.stream().anyMatch(act -> act.type() == ActType.VERIFIED) && !withdrawn();
    }

    /** Undone with full restoration. */
    public boolean withdrawn() {
        return acts.stream().anyMatch(act -> act.type() == ActType.WITHDRAWN);
    }

    LifeEvent event() {
        return new LifeEvent(
                type, effectiveAt, verified(), reportedAt, authority == null ? null : authority.toString());
    }
}
