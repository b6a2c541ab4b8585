package phr.gateway.consents;

import jakarta.annotation.security.PermitAll;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The texts people were shown before they decided; receipts point here, so they are open and stay for ever. */
@Path("/policies")
class PoliciesEndpoint {

    private final EntityManager database;

    PoliciesEndpoint(EntityManager database) {
        this.database = database;
    }

    @GET
    @Path("/{id}/{version:[0-9]{1,6}}/{language}")
    @PermitAll
    @Transactional
    @Produces("text/markdown;charset=UTF-8")
    public String text(
            @PathParam("id") String id, @PathParam("version") int version, @PathParam("language") String language) {
        List<?> texts = database.createNativeQuery(
                        "select markdown from policy_text where id = ?1 and version = ?2 and language = ?3",
                        String.class)
                .setParameter(1, id)
                .setParameter(2, version)
                .setParameter(3, language)
                .getResultList();
        if (texts.isEmpty()) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
        return (String) texts.get(0);
    }
}
