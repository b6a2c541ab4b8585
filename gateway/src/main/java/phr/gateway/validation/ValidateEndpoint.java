package phr.gateway.validation;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/**
 * FHIR R4 {@code $validate} of a resource that comes along, at most a mebibyte, for any caller that is logged in. The answer names
 * rule and place and quotes no value; nothing is stored.
 */
@Path("/fhir")
class ValidateEndpoint {

    private static final String FHIR = "application/fhir+json";
    private static final String JSON = "application/json";

    private final Validation validation;

    @Inject
    ValidateEndpoint(Validation validation) {
        this.validation = validation;
    }

    /** @param body a resource of any type, or Parameters with one */
    @POST
    @Path("/$validate")
    @Consumes({FHIR, JSON})
    @Produces({FHIR, JSON})
    public Response any(InputStream body, @Context UriInfo uri) throws IOException {
        return validation.answer(body, null, uri);
    }

    /** @param body a resource of this type, or Parameters with one */
    @POST
    @Path("/{type:[A-Z][A-Za-z]+}/$validate")
    @Consumes({FHIR, JSON})
    @Produces({FHIR, JSON})
    public Response ofType(@PathParam("type") String type, InputStream body, @Context UriInfo uri) throws IOException {
        return validation.answer(body, type, uri);
    }
}
