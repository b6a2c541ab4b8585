package phr.gateway.keys;

import phr.fhir.failure.FailureException;

/**
 * The operator's master key. It never touches data: it wraps data keys, so that it can be changed without rewriting them, and
 * yields secrets of the whole installation. A key management service can stand behind it.
 */
public interface MasterKey {

    /** Length in bytes. */
    int LENGTH = 32;

    /** The key that lies in the memory of this process. */
    static MasterKey of(byte[] key) {
        return new LocalMasterKey(key);
    }

    /**
     * Encrypts a data key.
     *
     * @param owner whose key it is; must be the same to unwrap
     */
    byte[] wrap(byte[] dataKey, byte[] owner);

    /**
     * @throws FailureException UNAVAILABLE when another master key wrapped it, or it belongs to another owner
     */
    byte[] unwrap(byte[] wrapped, byte[] owner);

    /**
     * A secret of 32 bytes that depends on this key and the purpose only; the same in every process of the installation.
     *
     * @param purpose e.g. {@code cursor}
     */
    byte[] secret(String purpose);
}
