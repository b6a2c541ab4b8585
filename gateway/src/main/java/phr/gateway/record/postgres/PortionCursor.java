package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Obligation;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
import phr.gateway.record.Portion;
import phr.gateway.record.Query;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.DaySums;
import phr.gateway.record.series.Days;
import phr.gateway.record.series.SampleIds;

/**
 * Samples of several series added up by day, in order of time. Where all samples of a chunk are decided alike, the sums that stand
 * beside it are enough; else its columns are read. What another source may have counted too comes sample by sample.
 */
final class PortionCursor implements AutoCloseable {

    private static final int FETCH = 256;
    private static final int FETCH_COLUMNS = 16;
    private static final Comparator<Open> ORDER = Comparator.comparingLong(Open::from);

    private final PersonId person;
    private final ChunkRows chunks;
    private final Map<Integer, SamplePlan> plans = new HashMap<>();
    private final Map<Integer, SampleIds> names = new HashMap<>();
    private final Map<Integer, Map<Set<Obligation>, Entry>> forms = new HashMap<>();
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final PriorityQueue<Open> open = new PriorityQueue<>(ORDER);
    private boolean onRow;

    /** Sums of a day that were found. */
    private record Open(SamplePlan plan, DaySums sums, Set<Obligation> obligations, boolean alone) {

        long from() {
            return sums.span().firstFrom();
        }
    }

    PortionCursor(
            Connection connection, PersonId person, DataKey key, List<SamplePlan> plans, Query query, Rivals rivals)
            throws SQLException {
        this.person = person;
        this.chunks = new ChunkRows(connection, person, key);
        plans.forEach(plan -> this.plans.put(plan.series().number(), plan));
        this.statement = sql(plans, query, rivals).prepare(connection);
        try {
            statement.setFetchSize(plans.stream().anyMatch(SamplePlan::each) ? FETCH_COLUMNS : FETCH);
            this.rows = statement.executeQuery();
            this.onRow = rows.next();
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Sums and columns in one statement: the chunk may be another one by the time of a second. */
    private Sql sql(List<SamplePlan> series, Query query, Rivals rivals) {
        List<Sql> each = new ArrayList<>();
        for (SamplePlan plan : series) {
            Sql near = rivals.near(plan.series());
            each.add(Sql.of("(SELECT c.series, c.first_from, c.id, CASE WHEN ")
                    .add(looked(plan))
                    .add(" OR ")
                    .add(near)
                    .add(" THEN c.body END AS body, c.days, ")
                    .add(near)
                    .add(
                            " AS near FROM sample_chunk c WHERE c.person_id = ? AND c.series = ?",
                            person.value(),
                            plan.series().number())
                    .add(SampleFilter.window(query))
                    .add(")"));
        }
        return Sql.of("SELECT * FROM (").add(Sql.between(" UNION ALL ", each)).add(") c ORDER BY c.first_from");
    }

    /** Whether the samples of a chunk have to be looked at. */
    private static Sql looked(SamplePlan plan) {
        long[] turns = plan.turns();
        if (plan.each()) {
            return Sql.of("TRUE");
        }
        return turns.length == 0
                ? Sql.of("c.days IS NULL")
                : Sql.of(
                        "c.days IS NULL OR EXISTS (SELECT 1 FROM unnest(?) AS t (turn)"
                                + " WHERE t.turn BETWEEN c.first_from AND c.data_to)",
                        turns);
    }

    /** Start of the next portion, microseconds since 1970; the greatest number behind the last. */
    long from() throws SQLException {
        while (onRow && (open.isEmpty() || rows.getLong(2) <= open.element().from())) {
            open();
            onRow = rows.next();
        }
        return open.isEmpty() ? Long.MAX_VALUE : open.element().from();
    }

    /** Null behind the last. */
    @Nullable
    Portion next() throws SQLException {
        if (from() == Long.MAX_VALUE) {
            return null;
        }
        Open first = open.remove();
        return new Portion(
                form(first),
                DataTime.between(
                        Micros.instant(first.from()),
                        Micros.instant(first.sums().span().lastTo())),
                first.sums().count(),
                first.sums().sums(),
                first.alone());
    }

    private void open() throws SQLException {
        SamplePlan plan = plans.get(rows.getInt(1));
        if (plan == null) {
            throw new IllegalStateException("a chunk of a series that was not asked for");
        }
        byte[] body = rows.getBytes(4);
        if (body != null) {
            look(plan, chunks.chunk(plan.series(), rows.getLong(3), body), rows.getBoolean(6));
            return;
        }
        for (DaySums day : chunks.days(plan.series(), rows.getLong(3), rows.getBytes(5))) {
            Set<Obligation> shown = plan.shows(day.span());
            if (shown != null) {
                open.add(new Open(plan, day, shown, true));
            }
        }
    }

    private void look(SamplePlan plan, Chunk chunk, boolean near) {
        Series series = plan.series();
        SampleIds ids = names.computeIfAbsent(series.number(), number -> series.ids(person));
        Map<Set<Obligation>, Days> days = new IdentityHashMap<>();
        for (int i = 0; i < chunk.size(); i++) {
            int at = i;
            Set<Obligation> shown = plan.shows(chunk, at, () -> ids.of(chunk.key(at)));
            if (shown != null && near) {
                open.add(new Open(plan, chunk.sums(at), shown, false));
            } else if (shown != null) {
                chunk.addTo(days.computeIfAbsent(shown, one -> Chunk.days(series.shape())), at);
            }
        }
        days.forEach((shown, of) -> of.sums().forEach(day -> open.add(new Open(plan, day, shown, true))));
    }

    /** One for all portions of a series under the same obligations. */
    private Entry form(Open of) {
        Series series = of.plan().series();
        return forms.computeIfAbsent(series.number(), number -> new IdentityHashMap<>())
                .computeIfAbsent(of.obligations(), series::example);
    }

    @Override
    public void close() throws SQLException {
        try (statement;
                rows) {
            open.clear();
        }
    }
}
