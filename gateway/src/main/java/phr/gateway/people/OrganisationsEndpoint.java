package phr.gateway.people;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.web.JsonBody;

/** The registry of organisations: the operator writes, everybody with a login reads. */
@Path("/organisations")
@Produces(MediaType.APPLICATION_JSON)
class OrganisationsEndpoint {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    private final Registrar registrar;
    private final Set<String> firstParty;
    private final boolean loopback;

    OrganisationsEndpoint(
            Registrar registrar,
            @ConfigProperty(name = "phr.first-party-clients") List<String> firstParty,
            @ConfigProperty(name = "phr.notices.insecure-loopback", defaultValue = "false") boolean loopback) {
        this.registrar = registrar;
        this.loopback = loopback;
        this.firstParty = Set.copyOf(firstParty);
    }

    @GET
    public List<OrganisationBody.Listed> list() {
        return registrar.list();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed("operator")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("id") String id, InputStream body) throws IOException {
        if (!ID.matcher(id).matches()) {
            throw Failure.of(Category.INVALID, "organisation", "an id is lower-case letters, digits, dots and hyphens")
                    .exception();
        }
        OrganisationBody organisation = JsonBody.read(body, OrganisationBody.class);
        organisation.check(firstParty, loopback);
        boolean created = registrar.put(id, organisation);
        return Response.status(created ? 201 : 200).entity(registrar.listed(id)).build();
    }
}
