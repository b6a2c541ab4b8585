package phr.gateway.keys;

/** Secrets of the whole installation, the same in every process on one database and under every master key. */
public interface Secrets {

    /**
     * 32 bytes.
     *
     * @param purpose e.g. {@code cursor}
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when they cannot be read now
     */
    byte[] of(String purpose);

    /** @param root 32 bytes from which all of them follow */
    static Secrets from(byte[] root) {
        return purpose -> Mac256.of(root, "secret|" + purpose);
    }
}
