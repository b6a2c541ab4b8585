package phr.gateway.delivery;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;

/** Requests signed with the key under {@code /.well-known/jwks.json}. */
@Singleton
public final class SignedRequests {

    /** Detached JWS over the body; its {@code iat} is the time of this attempt. */
    public static final String SIGNATURE = "Phr-Signature";

    private final ProviderKey key;
    private final Clock clock;
    private final DirectRequest requests;

    SignedRequests(ProviderKey key, Clock clock, DeliveryConfig config) {
        this.key = key;
        this.clock = clock;
        this.requests = new DirectRequest(config.timeout(), config.insecureLoopback());
    }

    /**
     * Sends once and follows nothing.
     *
     * @param type {@code typ} of the signature
     * @return whether it was received: HTTP 2xx in time, from an address that may be called
     */
    public boolean received(Outgoing request, String type) {
        try {
            int status = send(request, type);
            return status >= 200 && status < 300;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @return HTTP status
     * @throws IOException when nobody answers in time, or the address must not be called
     */
    public int send(Outgoing request, String type) throws IOException {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(SIGNATURE, DetachedJws.sign(key, type, clock.instant(), request.body()));
        return requests.send(
                new Outgoing(request.method(), request.to(), request.mediaType(), request.body(), headers));
    }
}
