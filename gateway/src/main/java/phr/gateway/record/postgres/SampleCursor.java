package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Obligation;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Query;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.Row;
import phr.gateway.record.series.SampleIds;

/**
 * Samples of several series in order of time: chunks are opened when their first sample could be next, so that few are in memory,
 * however long the series are.
 */
final class SampleCursor implements Hit.Source {

    private static final int FETCH = 8;

    private final PersonId person;
    private final boolean newest;
    private final ChunkRows chunks;
    private final Map<Integer, SamplePlan> plans = new HashMap<>();
    private final Map<Integer, SampleIds> names = new HashMap<>();
    private final Map<Integer, Series.Writer> writers = new HashMap<>();
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final PriorityQueue<Open> open;
    private boolean onRow;

    /** @param newest newest first, else oldest first */
    SampleCursor(
            Connection connection, PersonId person, DataKey key, List<SamplePlan> plans, Query query, boolean newest)
            throws SQLException {
        this.person = person;
        this.newest = newest;
        this.chunks = new ChunkRows(connection, person, key);
        plans.forEach(plan -> this.plans.put(plan.series().number(), plan));
        this.open = new PriorityQueue<>(newest ? Open.NEWEST : Open.NEWEST.reversed());
        this.statement = sql(
                        person,
                        plans,
                        query,
                        newest,
                        query.after() == null ? null : query.after().time())
                .prepare(connection);
        try {
            statement.setFetchSize(FETCH);
            this.rows = statement.executeQuery();
            this.onRow = rows.next();
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /**
     * One index scan per series, merged by the database.
     *
     * @param after what lies before is not wanted, in the order of time
     */
    static Sql sql(PersonId person, List<SamplePlan> series, Query query, boolean newest, @Nullable Instant after) {
        List<Sql> each = new ArrayList<>();
        for (SamplePlan plan : series) {
            each.add(Sql.of(
                            "(SELECT " + ChunkRows.COLUMNS
                                    + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ?",
                            person.value(),
                            plan.series().number())
                    .add(SampleFilter.window(query))
                    .add(behind(query, newest, after))
                    .add(")"));
        }
        return Sql.of("SELECT * FROM (")
                .add(Sql.between(" UNION ALL ", each))
                .add(newest ? ") c ORDER BY c.last_from DESC" : ") c ORDER BY c.first_from");
    }

    private static Sql behind(Query query, boolean newest, @Nullable Instant after) {
        boolean byTime = query.order() == (newest ? Query.Order.NEWEST : Query.Order.OLDEST);
        if (query.after() == null || !byTime) {
            return new Sql();
        }
        long time = Micros.start(after);
        return newest ? Sql.of(" AND c.first_from <= ?", time) : Sql.of(" AND c.last_from >= ?", time);
    }

    /** The next hit in order; null behind the last. */
    @Override
    public @Nullable SampleHit next() throws SQLException {
        SampleHit hit = peek();
        if (hit != null) {
            Open first = open.remove();
            if (first.advance()) {
                open.add(first);
            }
        }
        return hit;
    }

    @Nullable
    SampleHit peek() throws SQLException {
        while (onRow && (open.isEmpty() || mayPrecede(open.element()))) {
            Open chunk = open(rows);
            onRow = rows.next();
            if (chunk.advance()) {
                open.add(chunk);
            }
        }
        return open.isEmpty() ? null : open.element().hit();
    }

    private boolean mayPrecede(Open first) throws SQLException {
        return newest ? rows.getLong(3) >= first.from() : rows.getLong(2) <= first.from();
    }

    private Open open(ResultSet row) throws SQLException {
        SamplePlan plan = plans.get(row.getInt(1));
        if (plan == null) {
            throw new IllegalStateException("a chunk of a series that was not asked for");
        }
        Series series = plan.series();
        return new Open(
                plan,
                chunks.chunk(series, row),
                names.computeIfAbsent(series.number(), number -> series.ids(person)),
                writers.computeIfAbsent(series.number(), number -> series.writer()),
                newest);
    }

    @Override
    public void close() throws SQLException {
        try (statement;
                rows) {
            open.clear();
        }
    }

    /** A chunk that is being read, on one of its hits. */
    private static final class Open {

        /** By time, newest first, then by id. */
        static final Comparator<Open> NEWEST =
                Comparator.comparingLong(Open::from).reversed().thenComparing(Open::id, Row::compare);

        private final SamplePlan plan;
        private final Chunk chunk;
        private final SampleIds names;
        private final Series.Writer writer;
        private final int step;
        private int index;
        private UUID id = new UUID(0, 0);
        private Set<Obligation> obligations = Set.of();

        Open(SamplePlan plan, Chunk chunk, SampleIds names, Series.Writer writer, boolean newest) {
            this.plan = plan;
            this.chunk = chunk;
            this.names = names;
            this.writer = writer;
            this.step = newest ? -1 : 1;
            this.index = newest ? chunk.size() : -1;
        }

        /** To the next hit; false when there is none. */
        boolean advance() {
            for (index += step; index >= 0 && index < chunk.size(); index += step) {
                int at = index;
                Set<Obligation> shown = plan.shows(chunk, at, () -> names.of(chunk.key(at)));
                if (shown != null) {
                    obligations = shown;
                    id = names.of(chunk.key(at));
                    return true;
                }
            }
            return false;
        }

        long from() {
            return chunk.from(index);
        }

        UUID id() {
            return id;
        }

        SampleHit hit() {
            return new SampleHit(plan.series(), writer, chunk, index, id, obligations);
        }
    }
}
