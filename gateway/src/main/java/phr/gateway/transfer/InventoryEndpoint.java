package phr.gateway.transfer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.TreeMap;
import phr.consent.Action;
import phr.consent.Permit;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Interaction;
import phr.portability.Exporter;
import phr.portability.Inventory;

/** What a record holds: equal at two providers when a transfer lost nothing (phr-package.md §8.4). */
@Path("/transfer/{person}/inventory")
class InventoryEndpoint {

    private final RecordAccess access;
    private final Exporter exporter;
    private final Sources sources;

    @Inject
    InventoryEndpoint(RecordAccess access, Exporter exporter, Sources sources) {
        this.access = access;
        this.exporter = exporter;
        this.sources = sources;
    }

    /** Counts by type, originals, and one hash over the content of all resources. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String inventory(@PathParam("person") String person) {
        Ask ask = Ask.ofPatient(person, Action.EXPORT, Interaction.READ, "inventory");
        Inventory inventory = access.perform(ask, this::read);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode counts = json.putObject("counts");
        new TreeMap<>(inventory.counts()).forEach(counts::put);
        json.put("originals", inventory.originals());
        json.put("contentHash", inventory.contentHash().hex());
        return json.toString();
    }

    private Inventory read(Permit permit) {
        Sources.requirePerson(permit);
        return exporter.inventory(sources.of(permit, new Tally()));
    }
}
