package phr.gateway.notices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;

/** For recipients: fetch notices instead of, or besides, a webhook; acknowledge; confirm an erasure. */
@Path("/notices")
@Produces(MediaType.APPLICATION_JSON)
class NoticesEndpoint {

    private static final int MOST = 500;

    private final CurrentCaller current;
    private final Inbox inbox;

    NoticesEndpoint(CurrentCaller current, Inbox inbox) {
        this.current = current;
        this.inbox = inbox;
    }

    /** Oldest first; the next page is {@code after} the last number of this one. */
    @GET
    public List<ObjectNode> list(
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("_count") @DefaultValue("100") String count) {
        return inbox.after(organisation(), number(after, "after", Long.MAX_VALUE), (int) number(count, "_count", MOST));
    }

    /** Read and understood; a 2xx to the webhook says the same. */
    @POST
    @Path("/{id}/$acknowledge")
    @Consumes(MediaType.WILDCARD)
    public ObjectNode acknowledge(@PathParam("id") String id) {
        organisation();
        return inbox.acknowledge(current.get(), parse(id));
    }

    /** What was received under the consent is erased. */
    @POST
    @Path("/{id}/$erased")
    @Consumes(MediaType.WILDCARD)
    public ObjectNode erased(@PathParam("id") String id) {
        organisation();
        return inbox.erased(current.get(), parse(id));
    }

    private String organisation() {
        Caller caller = current.get();
        if (caller.organisation() == null) {
            throw Inbox.notFound();
        }
        return caller.organisation();
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Inbox.notFound();
        }
    }

    private static long number(String text, String parameter, long most) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Failure.of(Category.MALFORMED, "parameter", "a whole number is expected", parameter)
                    .exception();
        }
        return Math.min(Long.parseLong(text), most);
    }
}
