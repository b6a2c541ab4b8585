package phr.gateway.consents;

import jakarta.annotation.security.PermitAll;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.PolicyText;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.authorities.Moments;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.web.JsonBody;

/** The texts people were shown before they decided; receipts point here, so they are open and stay for ever. */
@Path("/policies")
class PoliciesEndpoint {

    private final EntityManager database;
    private final CurrentCaller current;
    private final Clock clock;

    PoliciesEndpoint(EntityManager database, CurrentCaller current, Clock clock) {
        this.database = database;
        this.current = current;
        this.clock = clock;
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

    /**
     * @param validFrom from then on it is shown; not in the past
     */
    record NewText(
            @Nullable String language,
            @Nullable String markdown,
            @Nullable String validFrom) {}

    record Added(String id, int version, String language, String sha256) {}

    /** The operator adds the next version of a text. What is there never changes. */
    @POST
    @Path("/{id:[a-z][a-z0-9-]{0,49}}")
    @Transactional
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response add(@PathParam("id") String id, InputStream body) throws IOException {
        Operators.require(current.get());
        NewText text = JsonBody.read(body, NewText.class);
        String markdown = text.markdown();
        String language = text.language();
        if (markdown == null || markdown.isBlank() || language == null || !language.matches("[a-z]{2}")) {
            throw Failure.of(Category.INVALID, "policy-text", "language and markdown are required", "/markdown")
                    .exception();
        }
        Instant now = clock.instant();
        Instant from = text.validFrom() == null ? now : Moments.parse(text.validFrom(), "/validFrom");
        if (from.isBefore(now)) {
            throw Failure.of(Category.INVALID, "policy-text", "a text is not shown in the past", "/validFrom")
                    .exception();
        }
        PolicyText added = PolicyText.add(id, language, markdown, from.truncatedTo(ChronoUnit.MICROS));
        return Response.status(201)
                .entity(new Added(
                        added.id,
                        added.version,
                        added.language,
                        Sha256.from(added.sha256).hex()))
                .build();
    }
}
