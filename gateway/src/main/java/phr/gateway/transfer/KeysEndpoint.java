package phr.gateway.transfer;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import phr.portability.sign.ProviderKey;

/** The public keys with which this provider signs packages and receipts, as JWK Set (RFC 7517). */
@Path("/.well-known/jwks.json")
@Singleton
class KeysEndpoint {

    private final String keys;

    @Inject
    KeysEndpoint(ProviderKey key) {
        ECKey published = new ECKey.Builder(key.publicKey())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                .build();
        this.keys = new JWKSet(published).toString(true);
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public String keys() {
        return keys;
    }
}
