package phr.gateway.erasure;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.notices.ErasureNotices.Recipient;

/**
 * A row of table {@code erasure}: the tombstone.
 *
 * @param erased when the key was destroyed
 * @param completed when the rows were gone
 * @param swept when a last look behind every request that had begun before found nothing more
 * @param keptUntil of what stays; null when the operator has set no period
 * @param recipients who had got data of hers
 * @param counts rows erased, by table
 */
record Erasure(
        PersonId person,
        UUID id,
        Ground ground,
        Instant erased,
        @Nullable Instant completed,
        @Nullable Instant swept,
        @Nullable Instant keptUntil,
        List<Recipient> recipients,
        SortedMap<String, Long> counts) {

    /** On what it happens. */
    enum Ground {
        /** She has decided it herself. */
        OWN,
        /** Her request on paper, which two operators have seen. */
        REQUEST,
        /** Her wish for after her death, which is verified. */
        AFTER_DEATH
    }

    enum State {
        /** Nothing of hers can be read; rows are being deleted. */
        KEY_DESTROYED,
        ROWS_ERASED,
        /** Nothing can come after it. */
        COMPLETE
    }

    State state() {
        if (swept != null) {
            return State.COMPLETE;
        }
        return completed == null ? State.KEY_DESTROYED : State.ROWS_ERASED;
    }
}
