package phr.gateway.record;

import phr.fhir.PersonId;

/** Encryption with the data key of one person, for what is kept for her outside the record. Erasing the person erases the key. */
public interface PersonKeys {

    /**
     * AES-GCM under the person's data key.
     *
     * @param context authenticated, not stored: says what the bytes are, so that they cannot be swapped for others
     */
    byte[] seal(PersonId person, String context, byte[] plain);

    /**
     * @throws phr.fhir.failure.FailureException FAULT when key, context or bytes are not those of {@link #seal}
     */
    byte[] open(PersonId person, String context, byte[] sealed);
}
