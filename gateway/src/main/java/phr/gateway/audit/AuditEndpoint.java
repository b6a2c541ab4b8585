package phr.gateway.audit;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/**
 * The person's own access log. Nobody but her and her proxies reads it; reading it is not itself logged, because it shows her nothing of her record
 * and would bury what she looks for.
 */
@Path("/audit/{person}")
@Produces(MediaType.APPLICATION_JSON)
class AuditEndpoint {

    private static final int MOST = 500;

    private final CurrentCaller current;
    private final Principals principals;
    private final AccessLog log;
    private final Chains chains;
    private final VerifyEndpoint verification;
    private final Heads heads;
    private final Discretions discretions;

    AuditEndpoint(
            CurrentCaller current,
            Principals principals,
            AccessLog log,
            Chains chains,
            VerifyEndpoint verification,
            Heads heads,
            Discretions discretions) {
        this.current = current;
        this.principals = principals;
        this.log = log;
        this.chains = chains;
        this.verification = verification;
        this.heads = heads;
        this.discretions = discretions;
    }

    /**
     * Newest first; the next page is {@code before} the last number of this one. With {@code _format=ndjson} all of it, oldest
     * first, in the form that can be verified elsewhere ({@link ExportedChain}).
     *
     * <p>What a young person of 15 to 17 decides alone is left out for her guardian; the numbers go on, and {@code /verify} covers all.
     */
    @GET
    @Produces({MediaType.APPLICATION_JSON, ExportedChain.MEDIA_TYPE})
    public Response list(
            @PathParam("person") String path,
            @QueryParam("_count") @DefaultValue("50") String count,
            @QueryParam("before") @Nullable String before,
            @QueryParam("_format") @DefaultValue("json") String format) {
        Principal principal = principals.require(current.get(), path).ofConsentRecords();
        return switch (format) {
            case "json" ->
                Response.ok(page(principal, count, before), MediaType.APPLICATION_JSON)
                        .build();
            case "ndjson" ->
                Response.ok(export(principal), ExportedChain.MEDIA_TYPE).build();
            default ->
                throw Failure.of(Category.MALFORMED, "parameter", "json or ndjson is expected", "_format")
                        .exception();
        };
    }

    private StreamingOutput export(Principal principal) {
        Discretion discretion = discretions.of(principal);
        return out -> chains.reading(connection -> {
            ExportedChain.write(connection, principal.person(), discretion, heads, out);
            return principal;
        });
    }

    private List<EntryView> page(Principal principal, String count, @Nullable String before) {
        long newest = before == null ? Long.MAX_VALUE : number(before, "before", Long.MAX_VALUE);
        int most = (int) number(count, "_count", MOST);
        Discretion discretion = discretions.of(principal);
        return log.page(principal.person(), newest, most, discretion).stream()
                .map(entry -> EntryView.of(entry, discretion.told(entry.directives())))
                .toList();
    }

    @GET
    @Path("/verify")
    public VerifyEndpoint.Verified verify(@PathParam("person") String path) {
        return verification.of(principals.require(current.get(), path).personOfConsentRecords());
    }

    private static long number(String text, String parameter, long most) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Failure.of(Category.MALFORMED, "parameter", "a whole number is expected", parameter)
                    .exception();
        }
        return Math.min(Long.parseLong(text), most);
    }
}
