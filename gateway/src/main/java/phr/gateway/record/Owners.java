package phr.gateway.record;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.fhir.PersonId;

/** Whose record a resource is in: for the gateway's own routing of a read by id, never part of an answer. */
public interface Owners {

    /** The person in whose record the id is or was used; empty when nobody uses it. */
    Optional<PersonId> owner(String type, UUID id);

    /** Which of the ids, of whatever type, are or were used in the record of somebody else. */
    Set<UUID> ofOthers(PersonId person, Set<UUID> ids);
}
