package phr.gateway.audit;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;

/**
 * The person's own access log. Nobody else reads it; reading it is not itself logged, because it shows her nothing of her record
 * and would bury what she looks for.
 */
@Path("/audit/{person}")
@Produces(MediaType.APPLICATION_JSON)
class AuditEndpoint {

    private static final int MOST = 500;

    private final CurrentCaller current;
    private final OwnAccount own;
    private final AccessLog log;

    AuditEndpoint(CurrentCaller current, OwnAccount own, AccessLog log) {
        this.current = current;
        this.own = own;
        this.log = log;
    }

    /** Newest first; the next page is {@code before} the last number of this one. */
    @GET
    public List<EntryView> list(
            @PathParam("person") String path,
            @QueryParam("_count") @DefaultValue("50") String count,
            @QueryParam("before") @Nullable String before) {
        PersonId person = own.require(current.get(), path);
        long newest = before == null ? Long.MAX_VALUE : number(before, "before", Long.MAX_VALUE);
        return log.page(person, newest, (int) number(count, "_count", MOST)).stream()
                .map(EntryView::of)
                .toList();
    }

    @GET
    @Path("/verify")
    public Verified verify(@PathParam("person") String path) {
        Verification verification = log.verify(own.require(current.get(), path));
        return new Verified(verification.entries(), verification.valid());
    }

    private static long number(String text, String parameter, long most) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Failure.of(Category.MALFORMED, "parameter", "a whole number is expected", parameter)
                    .exception();
        }
        return Math.min(Long.parseLong(text), most);
    }

    record Verified(long entries, boolean valid) {}
}
