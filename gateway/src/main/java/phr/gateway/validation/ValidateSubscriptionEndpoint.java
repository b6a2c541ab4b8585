package phr.gateway.validation;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/** {@code $validate} of a Subscription, whose addresses have an endpoint of their own and would hide {@link ValidateEndpoint}. */
@Path("/fhir/Subscription/$validate")
class ValidateSubscriptionEndpoint {

    private final Validation validation;

    @Inject
    ValidateSubscriptionEndpoint(Validation validation) {
        this.validation = validation;
    }

    /** @param body a Subscription, or Parameters with one */
    @POST
    @Consumes({"application/fhir+json", "application/json"})
    @Produces({"application/fhir+json", "application/json"})
    public Response validate(InputStream body, @Context UriInfo uri) throws IOException {
        return validation.answer(body, "Subscription", uri);
    }
}
