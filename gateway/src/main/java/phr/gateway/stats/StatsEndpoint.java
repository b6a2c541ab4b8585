package phr.gateway.stats;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Interaction;
import phr.gateway.record.MayBeIncomplete;
import phr.gateway.record.Portions;
import phr.gateway.record.RecordStore;
import phr.gateway.web.OperationParameters;

/**
 * {@code Observation/$stats} (FHIR R4): average, minimum, maximum, sum and count of a person's Observations by code, over a period
 * or, with the parameter {@code unit} (DAY, WEEK, MONTH), over each whole unit in it. Under a permit for aggregates there is a
 * value only for its unit and functions, and no value otherwise.
 */
@Path("/fhir/Observation/$stats")
class StatsEndpoint {

    private static final String FHIR = "application/fhir+json";
    private static final String JSON = "application/json";

    private final RecordAccess access;
    private final RecordStore store;
    private final Clock clock;

    @Inject
    StatsEndpoint(RecordAccess access, RecordStore store, Clock clock) {
        this.access = access;
        this.store = store;
        this.clock = clock;
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
        return answer(OperationParameters.read(body, "STAT-2"));
    }

    private Response answer(Map<String, List<String>> given) {
        StatsQuery query = StatsQuery.parse(given, clock.instant());
        Ask ask = Ask.ofPatient(query.patient(), Action.READ, Interaction.SEARCH, "stats Observation", "Observation");
        byte[] parameters = access.perform(ask, (permit, tally) -> compute(permit, tally.count(), query));
        return Response.ok(parameters, FHIR).build();
    }

    private byte[] compute(Permit permit, Tally tally, StatsQuery query) {
        CalendarUnit unit = unit(permit, query);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"resourceType\":\"Parameters\"");
        if (MayBeIncomplete.concerns(permit)) {
            write(out, ",\"meta\":" + MayBeIncomplete.META);
        }
        try (Portions portions = store.aggregable(permit, unit, query.search())) {
            String before = ",\"parameter\":[";
            for (byte[] observation : new Calculation(query, unit, tally).over(portions)) {
                write(out, before + "{\"name\":\"statistics\",\"resource\":");
                out.writeBytes(observation);
                before = "},";
            }
            write(out, before.startsWith("}") ? "}]}" : "}");
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A permit for aggregates alone says which unit when the caller does not. */
    private static @Nullable CalendarUnit unit(Permit permit, StatsQuery query) {
        if (query.unit() != null || !permit.grants().isEmpty()) {
            return query.unit();
        }
        return permit.aggregates().stream()
                .map(Grant::obligations)
                .flatMap(obligations -> obligations.stream())
                .flatMap(obligation -> Stream.ofNullable(obligation.unit()))
                .flatMap(name -> CalendarUnit.of(name).stream())
                .findFirst()
                .orElse(null);
    }
}
