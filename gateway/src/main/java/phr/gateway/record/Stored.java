package phr.gateway.record;

import java.util.UUID;

/**
 * What became of one resource of a batch.
 *
 * @param proposed id under which the batch proposed it
 * @param id under which it is kept
 * @param version of it that is current now
 */
public record Stored(UUID proposed, UUID id, int version, Change change) {

    public enum Change {
        CREATED,
        UPDATED,
        /** It was there with the same content. */
        NONE
    }
}
