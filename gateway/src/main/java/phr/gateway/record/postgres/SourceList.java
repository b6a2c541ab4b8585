package phr.gateway.record.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.record.Entry;
import phr.gateway.record.Holding;
import phr.gateway.record.Query;
import phr.gateway.record.Query.TokenFilter;
import phr.gateway.record.Rendering;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.choice.LifelogSource;

/** Who has measured what of which one source is believed at a time: from the heads of chunks, and from documents one by one. */
final class SourceList {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of such documents. */
    static final Query DOCUMENTS =
            new Query(Set.of(SampleHit.TYPE), List.of(new TokenFilter("code", Contest.codes())), List.of(), 0, null);

    static final Query SAMPLES = new Query(Set.of(SampleHit.TYPE), List.of(), List.of(), 0, null);

    private final Map<String, Map<LifelogSource, Holding>> found = new LinkedHashMap<>();
    private final Rendering rendering = new Rendering();

    /** @param plans of everything that may be seen */
    void chunks(Connection connection, PersonId person, List<SamplePlan> plans) throws SQLException {
        Map<Integer, SamplePlan> counting = plans.stream()
                .filter(plan -> plan.series().counting() != null)
                .collect(Collectors.toMap(plan -> plan.series().number(), plan -> plan));
        Sql sql = Sql.of(
                "SELECT series, sum(samples), min(first_from), max(data_to) FROM sample_chunk WHERE person_id = ?"
                        + " AND series = ANY (?) GROUP BY series ORDER BY series",
                person.value(),
                counting.keySet().stream().mapToInt(Integer::intValue).toArray());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                add(counting.get(row.getInt(1)), row);
            }
        }
    }

    private void add(@Nullable SamplePlan plan, ResultSet row) throws SQLException {
        Counting counting = plan == null ? null : plan.series().counting();
        if (plan != null && counting != null) {
            boolean all = plan.everything();
            add(new Holding(
                    counting.contest().metric(),
                    counting.source(),
                    all ? Long.valueOf(row.getLong(2)) : null,
                    all ? Micros.instant(row.getLong(3)) : null,
                    all ? Micros.instant(row.getLong(4)) : null));
        }
    }

    void document(Entry entry) {
        rendering.render(entry).map(SourceList::tree).ifPresent(json -> Contest.of(json)
                .ifPresent(contest -> add(new Holding(
                        contest.metric(),
                        LifelogSource.of(entry.source().namespace(), json),
                        1L,
                        entry.time().from(),
                        entry.time().to()))));
    }

    private void add(Holding holding) {
        found.computeIfAbsent(holding.metric(), metric -> new LinkedHashMap<>())
                .merge(holding.source(), holding, Holding::with);
    }

    List<Holding> holdings() {
        return found.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
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
