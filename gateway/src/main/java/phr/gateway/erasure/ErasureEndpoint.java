package phr.gateway.erasure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.RecordAccess;
import phr.gateway.authorities.EvidenceBody;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.erasure.Erasure.Ground;
import phr.gateway.erasure.ErasureRequests.Asked;
import phr.gateway.web.JsonBody;

/**
 * Erasure in two steps. Only the person herself, in the provider's own applications, or two operators one after the other; never a
 * proxy, a guardian or an organisation, for whom there is no such address.
 */
@Path("/people/{person}")
@Consumes(MediaType.APPLICATION_JSON)
class ErasureEndpoint {

    private static final Logger LOG = Logger.getLogger(ErasureEndpoint.class);

    private final CurrentCaller current;
    private final OwnErasure own;
    private final OperatorErasure operators;
    private final Erasures erasures;
    private final Sweep sweep;
    private final ErasureReport report;
    private final RecordAccess access;

    ErasureEndpoint(
            CurrentCaller current,
            OwnErasure own,
            OperatorErasure operators,
            Erasures erasures,
            Sweep sweep,
            ErasureReport report,
            RecordAccess access) {
        this.current = current;
        this.own = own;
        this.operators = operators;
        this.erasures = erasures;
        this.sweep = sweep;
        this.report = report;
        this.access = access;
    }

    /**
     * The first step.
     *
     * @param ground of an operator: {@code REQUEST} or {@code AFTER_DEATH}; the person herself gives none
     * @param evidence of an operator: what she has seen
     */
    record AskBody(@Nullable String ground, @Nullable EvidenceBody evidence) {

        Ground groundOrFail() {
            if ("REQUEST".equals(ground)) {
                return Ground.REQUEST;
            }
            if ("AFTER_DEATH".equals(ground)) {
                return Ground.AFTER_DEATH;
            }
            throw Failure.of(Category.INVALID, "erasure", "REQUEST or AFTER_DEATH", "/ground")
                    .exception();
        }
    }

    /**
     * What has to be known before the second step.
     *
     * @param token for {@code $erase}, good once
     * @param report where the report will be
     * @param take where the person takes a copy of everything first
     * @param erases tables
     * @param keeps what stays, why and until when
     * @param recipients who has copies and will be told to erase them
     */
    record Offer(
            String token,
            String expires,
            String report,
            List<String> take,
            List<String> erases,
            ArrayNode keeps,
            ArrayNode recipients) {}

    /** The second step. */
    record EraseBody(@Nullable String token) {

        String tokenOrFail() {
            if (token == null || token.isEmpty()) {
                throw Failure.of(Category.INVALID, "erasure", "a token is required", "/token")
                        .exception();
            }
            return token;
        }
    }

    /** 201: nothing has happened yet. */
    @POST
    @Path("/erasure-request")
    @Produces(MediaType.APPLICATION_JSON)
    public Response ask(@PathParam("person") String person, InputStream body) throws IOException {
        Caller caller = current.get();
        AskBody wanted = JsonBody.read(body, AskBody.class);
        Asked asked = Operators.is(caller)
                ? operators.ask(caller, person, wanted.groundOrFail(), EvidenceBody.require(wanted.evidence()))
                : own.ask(caller, person);
        String id = asked.person().toString();
        Offer offer = new Offer(
                asked.token(),
                asked.expires().toString(),
                "/erasures/" + asked.report(),
                List.of("/transfer/" + id + "/export", "/ledgers/" + id + "/provisions", "/audit/" + id),
                ErasedTables.ERASED.stream()
                        .map(ErasedTables.Erased::table)
                        .distinct()
                        .toList(),
                ErasureReport.kept(erasures.keptUntil()),
                ErasureReport.recipients(erasures.recipients(asked.person())));
        return Response.status(201).entity(offer).build();
    }

    /**
     * From here on nothing of hers can be read anywhere. The report of what was deleted is the answer; when it says
     * {@code KEY_DESTROYED}, deleting goes on and the report is complete later.
     */
    @POST
    @Path("/$erase")
    @Produces(MediaType.APPLICATION_JSON)
    public Response erase(@PathParam("person") String person, InputStream body) throws IOException {
        Caller caller = current.get();
        String token = JsonBody.read(body, EraseBody.class).tokenOrFail();
        Erasure erasure =
                Operators.is(caller) ? operators.erase(caller, person, token) : own.erase(caller, person, token);
        access.forget(erasure.person());
        try {
            sweep.run(erasure);
        } catch (RuntimeException e) {
            LOG.warnf("an erasure goes on in the background: %s", e.getClass().getName());
        }
        ErasureReport.Signed signed = report.of(erasures.find(erasure.id()).orElse(erasure));
        return Response.ok(signed.json())
                .header(ErasureReport.SIGNATURE, signed.signature())
                .location(URI.create("/erasures/" + erasure.id()))
                .build();
    }
}
