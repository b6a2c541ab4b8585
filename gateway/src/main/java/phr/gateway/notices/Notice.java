package phr.gateway.notices;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * A row of {@code recipient_notice}.
 *
 * @param number per recipient, from 1, in the order in which the changes were committed
 * @param patient the id by which the recipient knows the person
 * @param directive null when it is about everything that was received; then there is no version either
 * @param eraseBy of ERASE_ASKED: when the erasure must be confirmed
 * @param sentAt when the recipient first got it
 */
record Notice(
        UUID id,
        String organisation,
        long number,
        PersonId person,
        UUID patient,
        @Nullable UUID directive,
        int version,
        Kind kind,
        Instant writtenAt,
        @Nullable Instant eraseBy,
        @Nullable Instant sentAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant erasedAt) {

    enum Kind {
        GRANTED,
        CHANGED,
        REVOKED,
        ERASE_ASKED
    }

    /** Where it stands, as the person sees it. */
    enum State {
        WAITING,
        SENT,
        ACKNOWLEDGED,
        ERASED,
        OVERDUE
    }

    State state(Instant now, Instant acknowledgedUntil) {
        if (erasedAt != null) {
            return State.ERASED;
        }
        boolean late =
                eraseBy != null ? now.isAfter(eraseBy) : acknowledgedAt == null && now.isAfter(acknowledgedUntil);
        if (late) {
            return State.OVERDUE;
        }
        if (acknowledgedAt != null) {
            return State.ACKNOWLEDGED;
        }
        return sentAt == null ? State.WAITING : State.SENT;
    }
}
