package phr.gateway.record;

import java.util.Optional;
import java.util.UUID;
import phr.fhir.PersonId;

/**
 * Tells whose record an id belongs to, so that the consent gate can be asked about that person. Tells nothing else, and its
 * answer must not reach a caller without a permit.
 */
public interface RecordLocator {

    /** The person whose record holds {@code Type/id}; empty when no record does. An id belongs to one record at most. */
    Optional<PersonId> holder(String type, UUID id);
}
