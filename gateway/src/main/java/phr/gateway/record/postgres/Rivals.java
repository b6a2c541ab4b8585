package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.record.Query;
import phr.gateway.record.choice.Choosing;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.choice.LifelogSource;

/**
 * Where samples of several sources lie so close that one of them may have to be chosen, as far as the rows tell without being read:
 * only there have samples to be told apart. Equal ones mean that nothing has come or gone.
 *
 * @param seen chunks and documents that were looked at
 * @param close by contest, beginnings and ends of such times, microseconds since 1970
 */
record Rivals(List<Stretch> seen, Map<Contest, List<long[]>> close) {

    static final Rivals NONE = new Rivals(List.of(), Map.of());

    private static final Object DOCUMENT = new Object();

    /** More pieces than a statement should compare are taken as one. */
    private static final int MOST = 200;

    /**
     * The time of a chunk or a document.
     *
     * @param series zero of a document
     */
    record Stretch(int series, long from, long to, long id) {}

    /** @param documents that may count the same, whoever has made them */
    static Rivals of(
            Connection connection, PersonId person, List<SamplePlan> plans, Query query, List<Stretch> documents)
            throws SQLException {
        Map<Integer, Counting> contested = contested(plans, !documents.isEmpty());
        if (contested.isEmpty()) {
            return NONE;
        }
        List<Stretch> seen = new ArrayList<>(documents);
        seen.addAll(chunks(connection, person, contested.keySet(), query));
        Map<Contest, List<long[]>> close = new HashMap<>();
        for (Contest contest :
                contested.values().stream().map(Counting::contest).collect(Collectors.toSet())) {
            close.put(contest, close(contest, contested, seen));
        }
        return new Rivals(seen, close);
    }

    /** Series of contests in which there is more than one source. */
    private static Map<Integer, Counting> contested(List<SamplePlan> plans, boolean documents) {
        Map<Contest, Set<LifelogSource>> sources = new HashMap<>();
        Map<Integer, Counting> counting = new HashMap<>();
        for (SamplePlan plan : plans) {
            Counting one = plan.series().counting();
            if (one != null) {
                sources.computeIfAbsent(one.contest(), any -> new HashSet<>()).add(one.source());
                counting.put(plan.series().number(), one);
            }
        }
        counting.values()
                .removeIf(one -> !documents
                        && Objects.requireNonNull(sources.get(one.contest())).size() < 2);
        return counting;
    }

    private static List<Stretch> chunks(Connection connection, PersonId person, Set<Integer> series, Query query)
            throws SQLException {
        Sql sql = Sql.of(
                        "SELECT c.series, c.first_from, c.data_to, c.id FROM sample_chunk c WHERE c.person_id = ?"
                                + " AND c.series = ANY (?)",
                        person.value(),
                        series.stream().mapToInt(Integer::intValue).toArray())
                .add(SampleFilter.window(query))
                .add(" ORDER BY c.first_from, c.series, c.id");
        List<Stretch> chunks = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                chunks.add(new Stretch(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)));
            }
        }
        return chunks;
    }

    private static List<long[]> close(Contest contest, Map<Integer, Counting> counting, List<Stretch> seen) {
        List<long[]> close = new ArrayList<>();
        Map<Object, Long> until = new HashMap<>();
        List<Stretch> sorted =
                seen.stream().sorted(Comparator.comparingLong(Stretch::from)).toList();
        for (Stretch one : sorted) {
            Object source = source(one, contest, counting);
            if (source != null) {
                long from = one.from() - Choosing.BUCKET;
                long to = one.to() + Choosing.BUCKET;
                long others = until.entrySet().stream()
                        .filter(other -> !other.getKey().equals(source))
                        .mapToLong(Map.Entry::getValue)
                        .max()
                        .orElse(Long.MIN_VALUE);
                if (others > from) {
                    add(close, from, Math.min(to, others));
                }
                until.merge(source, to, Math::max);
            }
        }
        return close.size() <= MOST ? close : List.of(new long[] {close.get(0)[0], close.get(close.size() - 1)[1]});
    }

    /** Null when it has no part in the contest; documents are taken for a source of their own. */
    private static @Nullable Object source(Stretch one, Contest contest, Map<Integer, Counting> counting) {
        if (one.series() == 0) {
            return DOCUMENT;
        }
        Counting series = counting.get(one.series());
        return series == null || !series.contest().equals(contest) ? null : series.source();
    }

    private static void add(List<long[]> close, long from, long to) {
        long[] last = close.isEmpty() ? null : close.get(close.size() - 1);
        if (last == null || from > last[1]) {
            close.add(new long[] {from, to});
        } else {
            last[1] = Math.max(last[1], to);
        }
    }

    /** Whether samples of a chunk {@code c} of the series have to be told apart. */
    Sql near(Series series) {
        Counting counting = series.counting();
        List<long[]> times = counting == null ? List.of() : close.getOrDefault(counting.contest(), List.of());
        return times.isEmpty()
                ? Sql.of("FALSE")
                : Sql.of(
                        "EXISTS (SELECT 1 FROM unnest(?, ?) AS r (first, last)"
                                + " WHERE c.first_from < r.last AND c.data_to > r.first)",
                        times.stream().mapToLong(time -> time[0]).toArray(),
                        times.stream().mapToLong(time -> time[1]).toArray());
    }

    boolean sees(Rivals other) {
        return seen.equals(other.seen);
    }
}
