package phr.gateway.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * FHIR operations begin with {@code $}, which many clients send percent-encoded. Both spellings name the same operation
 * (RFC 3986 §2.4).
 */
final class OperationNames {

    private static final String ENCODED = "/%24";

    @ServerRequestFilter(preMatching = true)
    public void decode(ContainerRequestContext request) {
        URI asked = request.getUriInfo().getRequestUri();
        if (asked.getRawPath().contains(ENCODED)) {
            String query = asked.getRawQuery();
            String path = asked.getRawPath().replace(ENCODED, "/$");
            request.setRequestUri(asked.resolve(query == null ? path : path + "?" + query));
        }
    }
}
