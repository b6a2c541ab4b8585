package phr.gateway.judgement;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.Observation;
import phr.consent.Action;
import phr.consent.Permit;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.judgement.Judgements;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Interaction;
import phr.gateway.record.Cursor;
import phr.gateway.record.Entry;
import phr.gateway.record.PagedSearch;
import phr.gateway.record.Position;
import phr.gateway.record.Query;
import phr.gateway.record.Query.TokenFilter;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Rendering;
import phr.gateway.record.Results;
import phr.gateway.web.OperationParameters;

/**
 * {@code Observation/$judgement}: the checkup results of a person beside 保健指導判定値 and 受診勧奨判定値, a page at a time. The definition
 * stands in the guide, {@code OperationDefinition/observation-judgement}.
 */
@Path("/fhir/Observation/$judgement")
class JudgementEndpoint {

    private static final String FHIR = "application/fhir+json";
    private static final String JSON = "application/json";
    private static final String OPERATION = "Observation/$judgement?";

    /** Results of items that have thresholds. */
    private static final List<TokenFilter> JUDGED = List.of(new TokenFilter(
            "code",
            Judgements.items().stream()
                    .map(item -> CheckupSystem.ITEM.url() + "|" + item)
                    .toList()));

    private final RecordAccess access;
    private final RecordStore store;
    private final Cursor cursors;
    private final String baseUrl;

    @Inject
    JudgementEndpoint(
            RecordAccess access,
            RecordStore store,
            Cursor cursors,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.access = access;
        this.store = store;
        this.cursors = cursors;
        this.baseUrl = baseUrl;
    }

    @GET
    @Produces({FHIR, JSON})
    public Response get(@Context UriInfo uri) {
        return answer(uri.getQueryParameters());
    }

    /** @param body Parameters */
    @POST
    @Consumes({FHIR, JSON})
    @Produces({FHIR, JSON})
    public Response post(InputStream body) throws IOException {
        return answer(OperationParameters.read(body, "judgement"));
    }

    private Response answer(Map<String, List<String>> given) {
        PagedSearch search = PagedSearch.parse("Observation", given);
        Ask ask = Ask.ofPatient(
                search.patient(), Action.READ, Interaction.SEARCH, "judgement Observation", "Observation", "Patient");
        byte[] page = access.perform(ask, (permit, tally) -> page(permit, tally.count(), search));
        return Response.ok(page, FHIR).build();
    }

    private byte[] page(Permit permit, Tally tally, PagedSearch search) {
        String cursor = search.cursor();
        String asked = OPERATION + search.parameters(null);
        Position after = null;
        if (cursor != null) {
            tally.continues();
            after = cursors.read(permit, asked, cursor);
        }
        Map<Entry, Observation> results = new LinkedHashMap<>();
        Optional<Position> more = read(permit, search.query(JUDGED, after), results);
        Sex sex = new Sex(store, permit, tally);
        JudgementWriter out = new JudgementWriter(permit);
        results.forEach((entry, result) -> Judgements.of(result, sex::known).ifPresent(judgement -> {
            tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
            out.add(entry.id(), result, judgement);
        }));
        return out.end(more.map(position ->
                        baseUrl + "/" + OPERATION + search.parameters(cursors.write(permit, asked, position)))
                .orElse(null));
    }

    /** The connection is given back before anything else is asked for. */
    private Optional<Position> read(Permit permit, Query page, Map<Entry, Observation> into) {
        Rendering rendering = new Rendering();
        try (Results results = store.search(permit, page)) {
            while (results.hasNext()) {
                Entry entry = results.next();
                rendering.render(entry).ifPresent(json -> into.put(entry, parsed(json)));
            }
            return results.continuation();
        }
    }

    private static Observation parsed(byte[] json) {
        return Fhir.json().parseResource(Observation.class, new String(json, StandardCharsets.UTF_8));
    }
}
