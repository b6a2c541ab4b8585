package phr.gateway.ingest.source;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.caller.Interaction;
import phr.gateway.consents.Version;
import phr.gateway.people.Principals;
import phr.gateway.record.RecordStore;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;
import phr.gateway.web.JsonBody;

/**
 * The sources of the person's lifelog: where several have counted the same steps, distance, energy or floors, or watched the same
 * night, which of them is believed (lifelog.md §4, several sources; §6). Whose they are comes from the login; who acts for somebody
 * else names the person, {@code ?person=}.
 */
@Path("/ingest/sources")
@Produces(MediaType.APPLICATION_JSON)
class SourcesEndpoint {

    private final CurrentCaller current;
    private final Principals principals;
    private final RecordAccess access;
    private final RecordStore store;

    SourcesEndpoint(CurrentCaller current, Principals principals, RecordAccess access, RecordStore store) {
        this.current = current;
        this.principals = principals;
        this.access = access;
        this.store = store;
    }

    /** Each source with what it holds, and by metric the order in which they are believed: watch, phone, application, or her own. */
    @GET
    public Response list(@QueryParam("person") @Nullable String whose) {
        PersonId person = principals.require(current.get(), whose).person();
        Ask ask = ask(person, Action.READ, Interaction.SEARCH, "list sources");
        return answer(access.perform(ask, permit -> sources(permit, person)));
    }

    /** Her own order, all of it, in place of the one that {@code If-Match} names; a metric that is not named goes by default again. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response reorder(
            @QueryParam("person") @Nullable String whose,
            @HeaderParam("If-Match") @Nullable String match,
            InputStream body)
            throws IOException {
        PersonId person = principals.require(current.get(), whose).person();
        OrderBody wanted = JsonBody.read(body, OrderBody.class);
        int version = Version.parse(match);
        Sources before = access.perform(
                ask(person, Action.READ, Interaction.SEARCH, "list sources"), permit -> sources(permit, person));
        Map<String, List<LifelogSource>> order = wanted.among(before);
        Priority changed = access.perform(
                ask(person, Action.CORRECT, Interaction.UPDATE, "order sources"),
                permit -> store.reorder(permit, version, order));
        return answer(before.under(changed));
    }

    private Sources sources(Permit permit, PersonId person) {
        return Sources.of(person, store.sources(permit), store.priority(permit));
    }

    private static Ask ask(PersonId person, Action action, Interaction interaction, String label) {
        return Ask.ofPatient(person.toString(), action, interaction, label, "Observation");
    }

    private static Response answer(Sources sources) {
        return Response.ok(sources.view())
                .header("ETag", "\"" + sources.priority().version() + "\"")
                .build();
    }
}
