package phr.gateway.keys;

import phr.fhir.failure.FailureException;

/**
 * A master key of the operator. It never touches data: it wraps data keys, so that it can be changed without rewriting them.
 *
 * <p>This is the port for a key management service (KMS): a CDI bean of this type in an extension of the gateway wraps every new
 * key, and the keys of {@code master.key} or {@code phr.keys.master} then only unwrap what they wrapped before. A bean calls its
 * service in the time of a request, once per person and five minutes.
 */
public interface MasterKey {

    /** Length in bytes of a key that lies in memory. */
    int LENGTH = 32;

    /** The key that lies in the memory of this process. */
    static MasterKey of(byte[] key) {
        return new LocalMasterKey(key);
    }

    /**
     * Encrypts a data key.
     *
     * @param owner whose key it is; must be the same to unwrap
     * @return bytes that begin with something by which {@link #wrapped} knows them again
     */
    byte[] wrap(byte[] dataKey, byte[] owner);

    /**
     * @param wrapped something that {@link #wrapped} this key
     * @throws FailureException UNAVAILABLE when it belongs to another owner, is damaged, or the service cannot be asked
     */
    byte[] unwrap(byte[] wrapped, byte[] owner);

    /** Whether this key made these bytes, as far as can be told without unwrapping them. */
    boolean wrapped(byte[] bytes);
}
