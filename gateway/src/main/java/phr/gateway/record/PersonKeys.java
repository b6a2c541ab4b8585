package phr.gateway.record;

import java.nio.charset.StandardCharsets;
import phr.fhir.PersonId;

/** Encryption with the data key of one person, for what is kept for her outside the record. Erasing the person erases the key. */
public interface PersonKeys {

    /** What is authenticated for a context; it cannot meet one of a document. */
    static byte[] bound(String context) {
        return ("kept|" + context).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * AES-GCM under the person's data key.
     *
     * @param context authenticated, not stored: says what the bytes are, so that they cannot be swapped for others
     */
    byte[] seal(PersonId person, String context, byte[] plain);

    /** Whether there is a key: false for who was erased, and for who has nothing yet. */
    boolean known(PersonId person);

    /** @throws phr.fhir.failure.FailureException NOT_FOUND when she was erased */
    Opening opening(PersonId person);

    /** Opens some of her boxes, one after the other. */
    interface Opening {

        /** @throws phr.fhir.failure.FailureException FAULT when key, context or bytes are not those of {@link #seal} */
        byte[] open(String context, byte[] sealed);
    }

    /** One box, as by {@link #opening}. */
    default byte[] open(PersonId person, String context, byte[] sealed) {
        return opening(person).open(context, sealed);
    }
}
