package phr.gateway.record;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/** Whose record a resource is in: for the gateway's own routing of a read by id, never part of an answer. */
public interface Owners {

    /** The person in whose record the id of a document is or was used; empty when nobody uses it. */
    Optional<PersonId> owner(String type, UUID id);

    /**
     * In whose record a dense sample is. Samples have no entry of their own among all ids, so they are looked for among these
     * persons and those whom the organisation knows by a pairwise id.
     */
    Optional<PersonId> ofSample(UUID id, Set<PersonId> persons, @Nullable String organisation);

    /** Which of the ids, of whatever type, are or were used in the record of somebody else. */
    Set<UUID> ofOthers(PersonId person, Set<UUID> ids);
}
