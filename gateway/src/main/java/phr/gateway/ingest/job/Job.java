package phr.gateway.ingest.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.people.Owner;

/**
 * A large file on its way into a record.
 *
 * @param size of the file in bytes
 * @param arrived of these, how many are durable
 * @param done of these, how many have been read
 * @param batches that have been stored
 * @param cancel somebody wants it to stop
 * @param takes how often it was taken since the last batch
 * @param ending null as long as it goes on
 * @param purge who wants what it has created deleted
 */
public record Job(
        UUID id,
        PersonId person,
        Owner owner,
        State state,
        long size,
        long arrived,
        long done,
        int batches,
        Times times,
        boolean cancel,
        int takes,
        Origin origin,
        Progress progress,
        @Nullable Ending ending,
        @Nullable Caller purge) {

    /** As in lifelog.md §6, and before. */
    public enum State {
        /** Bytes arrive; it is no job yet. */
        UPLOADING,
        NEW,
        IN_PROGRESS,
        COMPLETE,
        ERROR,
        CANCELED;

        /** Nothing more is stored. */
        public boolean ended() {
            return this == COMPLETE || this == ERROR || this == CANCELED;
        }
    }

    /**
     * @param queued when the last byte had arrived
     * @param expires when it goes by itself; means something before the last byte and after the end
     */
    public record Times(
            Instant created,
            @Nullable Instant queued,
            @Nullable Instant started,
            @Nullable Instant ended,
            Instant expires) {}
}
