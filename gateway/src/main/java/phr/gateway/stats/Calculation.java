package phr.gateway.stats;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.directive.Times;
import phr.fhir.facts.DataTime;
import phr.gateway.audit.Tally;
import phr.gateway.record.Aggregates;
import phr.gateway.record.Entry;
import phr.gateway.record.Promises;
import phr.gateway.record.Rendering;
import phr.gateway.record.Results;

/** One run over Observations, oldest first: only the sums of one unit of time are in memory. */
final class Calculation {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private record Group(String code, ObjectNode measure) {}

    private final StatsQuery query;
    private final @Nullable CalendarUnit unit;
    private final Tally tally;
    private final Rendering rendering = new Rendering();
    private final Map<Group, Sums> open = new LinkedHashMap<>();
    private final List<ObjectNode> done = new ArrayList<>();
    private DataTime current;

    /** @param unit null = one result for the whole period */
    Calculation(StatsQuery query, @Nullable CalendarUnit unit, Tally tally) {
        this.query = query;
        this.unit = unit;
        this.tally = tally;
        this.current = query.period();
    }

    /** The statistics as Observations, in order of time. */
    List<ObjectNode> over(Results results) {
        while (results.hasNext()) {
            Entry entry = results.next();
            usable(entry).ifPresent(json -> take(entry, json));
        }
        close();
        return done;
    }

    /** Under a permit for aggregates the content is only computed with; else it is what the caller might read. */
    private Optional<byte[]> usable(Entry entry) {
        return Aggregates.only(entry.obligations()) ? Optional.of(entry.json()) : rendering.render(entry);
    }

    private void take(Entry entry, byte[] json) {
        if (unit != null) {
            if (entry.time().from() == null) {
                return;
            }
            DataTime whole = unit.around(entry.time().from());
            if (!query.contains(whole) || beyond(entry.time(), whole)) {
                return;
            }
            if (!whole.equals(current)) {
                close();
                current = whole;
            }
        }
        JsonNode observation = tree(json);
        query.codes()
                .forEach(code -> Measurement.of(observation, code, measured -> open.computeIfAbsent(
                                new Group(code, measured.unit()), group -> new Sums(group.measure(), unit))
                        .add(measured.value(), entry)));
    }

    private static boolean beyond(DataTime time, DataTime whole) {
        return time.to() == null || whole.to() == null || time.to().isAfter(whole.to());
    }

    private void close() {
        open.forEach((group, sums) -> {
            Set<Statistic> statistics = sums.permitted(query.statistics());
            if (!statistics.isEmpty()) {
                done.add(counted(observation(group, sums, statistics), sums));
            }
        });
        open.clear();
    }

    private ObjectNode observation(Group group, Sums sums, Set<Statistic> statistics) {
        ObjectNode observation = JsonNodeFactory.instance.objectNode().put("resourceType", "Observation");
        if (!sums.promises().isEmpty()) {
            Promises.addTo(observation, sums.promises());
        }
        observation.put("status", "final");
        int bar = group.code().indexOf('|');
        ObjectNode coding = observation.putObject("code").putArray("coding").addObject();
        if (bar > 0) {
            coding.put("system", group.code().substring(0, bar));
        }
        coding.put("code", group.code().substring(bar + 1));
        observation.putObject("subject").put("reference", "Patient/" + query.patient());
        ObjectNode period = observation.putObject("effectivePeriod");
        if (current.from() != null) {
            period.put("start", Times.writtenStart(current.from()));
        }
        if (current.to() != null) {
            period.put("end", Times.writtenEnd(current.to()));
        }
        if (period.isEmpty()) {
            observation.remove("effectivePeriod");
        }
        observation.set("component", sums.components(statistics));
        return observation;
    }

    private ObjectNode counted(ObjectNode observation, Sums sums) {
        byte[] json = observation.toString().getBytes(StandardCharsets.UTF_8);
        tally.add("Observation", UUID.nameUUIDFromBytes(json), 1, sums.categories(), json);
        return observation;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            // The message of the cause would quote the record.
            throw new IllegalStateException("stored resource is not JSON");
        }
    }
}
