package phr.gateway.quarantine;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import phr.gateway.quarantine.QuarantineRows.Count;

/** The quarantine to operators: how much waits, and which rules fail where, of nobody in particular. */
@Path("/quarantine")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
class QuarantinesEndpoint {

    private static final int MOST = 200;

    private final ValidationQueue queue;
    private final QuarantineRows rows;

    QuarantinesEndpoint(ValidationQueue queue, QuarantineRows rows) {
        this.queue = queue;
        this.rows = rows;
    }

    /**
     * @param waiting resources that nobody has validated yet
     * @param quarantined resources in quarantine
     * @param findings the most frequent first, 200 at most
     */
    record Overview(long waiting, long quarantined, List<Count> findings) {}

    @GET
    public Overview overview() {
        return new Overview(queue.size(), rows.quarantined(), rows.counts(MOST));
    }
}
