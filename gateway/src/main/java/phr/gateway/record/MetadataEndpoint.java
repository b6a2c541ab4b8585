package phr.gateway.record;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.Sha256;

/** What this server can do; encoded once, since it changes only with the software. */
@Path("/fhir")
@Singleton
class MetadataEndpoint {

    private final byte[] statement;
    private final String tag;

    @Inject
    MetadataEndpoint(
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl,
            @ConfigProperty(name = "phr.provider.name") String name,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "dev") String version,
            Clock clock) {
        this.statement = new Capabilities(baseUrl, name, version, clock.instant()).json();
        this.tag = "W/\"" + Sha256.of(statement).hex().substring(0, 16) + "\"";
    }

    @GET
    @Path("/metadata")
    @PermitAll
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response metadata(@Context HttpHeaders headers) {
        Response.ResponseBuilder answer = Conditional.answer(headers, tag);
        return answer.build().getStatus() == 304
                ? answer.build()
                : answer.type(FhirMedia.JSON).entity(statement).build();
    }
}
