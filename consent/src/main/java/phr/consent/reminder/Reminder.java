package phr.consent.reminder;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Something to tell a person.
 *
 * @param reader who is told
 * @param person whom it concerns
 * @param about directive, authority, life event, emergency session or disaster mode
 * @param dueAt when it happens or happened; told once per reader, kind, matter and instant
 */
public record Reminder(
        PersonId reader,
        PersonId person,
        Kind kind,
        @Nullable UUID about,
        @Nullable Instant dueAt) {

    /** What it says. */
    public enum Kind {
        /** Majority in 90 days or less. */
        MAJORITY_IN_90_DAYS,
        MAJORITY_IN_30_DAYS,
        /** She decides now; permits of her guardian wait for her. */
        MAJORITY_REACHED,
        /** The authority must be looked at again soon. */
        REVIEW_DUE,
        /** The review was missed; a family proxy is suspended. */
        REVIEW_MISSED,
        /** Another holder of authority has decided something. */
        OTHER_HOLDER_DECIDED,
        /** A proxy gave this while she could not decide. */
        REVIEW_PROXY_DIRECTIVE,
        /** Somebody broke the glass. */
        EMERGENCY_OPENED,
        /** Went on from the summary to the rest. */
        EMERGENCY_FULL,
        EMERGENCY_RENEWED,
        /** Somebody tried to break the glass and was refused. */
        EMERGENCY_REFUSED,
        /** The emergency has been reviewed. */
        EMERGENCY_REVIEWED,
        /** A permit came from another provider and waits for her; silence ends it. */
        PERMIT_WAITS,
        /** In 30 days or less it ends. */
        PERMIT_LAPSES_SOON,
        /** A linkage may soon bring in no more, unless she renews the permit. */
        LINKAGE_ENDS_SOON,
        /** Read under disaster mode. */
        DISASTER_ACCESS
    }
}
