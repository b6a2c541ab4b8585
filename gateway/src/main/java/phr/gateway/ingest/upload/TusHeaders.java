package phr.gateway.ingest.upload;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Every answer to a tus client, refusals too, says which protocol this is. */
final class TusHeaders {

    @ServerResponseFilter
    public void version(ContainerRequestContext request, ContainerResponseContext answer) {
        String path = request.getUriInfo().getPath();
        if (path.matches("/?ingest/(uploads/.*|[^/]*/uploads)")) {
            answer.getHeaders().putSingle(Tus.RESUMABLE, Tus.VERSION);
            answer.getHeaders().putSingle("Tus-Version", Tus.VERSION);
        }
    }
}
