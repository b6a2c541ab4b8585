package phr.gateway.delivery;

import java.net.URI;
import java.util.Map;

/**
 * A request of the gateway to somebody else.
 *
 * @param mediaType of the body; unused when it is empty
 * @param headers beside those that every request has; printable ASCII
 */
public record Outgoing(String method, URI to, String mediaType, byte[] body, Map<String, String> headers) {

    public Outgoing {
        headers = Map.copyOf(headers);
    }
}
