package phr.portability.sign;

import com.nimbusds.jose.jwk.ECKey;
import java.util.Optional;

/** Lookup of the keys of registered providers; old keys stay known as long as packages may exist. */
public interface TrustedKeys {

    /** The key with that RFC 7638 thumbprint. */
    Optional<TrustedKey> find(String kid);

    /** Nobody is known. */
    static TrustedKeys none() {
        return kid -> Optional.empty();
    }

    /**
     * A provider's public key.
     *
     * @param providerId service id of the registered provider
     * @param address scheme and authority of the provider, e.g. {@code https://phr-a.example}; the provider speaks for source
     *     namespaces at and below it
     */
    record TrustedKey(String providerId, ECKey key, String address) {

        /** Whether what the provider says of resources of this namespace replaces what others said. */
        public boolean owns(String namespace) {
            return namespace.equals(address) || namespace.startsWith(address + "/");
        }
    }
}
