package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Query;
import phr.gateway.record.postgres.SampleTest.Extent;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.Span;

/** Which samples of one series a query finds under a permit, and what the grants demand of them. */
final class SamplePlan {

    private final Series series;
    private final SampleFilter filter;
    private final SampleTest dates;
    private final List<Way> ways;
    private final @Nullable CalendarUnit unit;
    private DataTime whole = DataTime.UNKNOWN;
    private long wholeFrom = Long.MAX_VALUE;
    private long wholeTo = Long.MIN_VALUE;

    /**
     * A grant that may hold; one for aggregates holds for the whole unit around a sample.
     *
     * @param values null when no value of the series is sought, or it may not be seen
     */
    private record Way(
            Set<Obligation> obligations,
            SampleTest test,
            boolean aggregate,
            @Nullable SampleValues values) {}

    private SamplePlan(Series series, SampleFilter filter, List<Way> ways, @Nullable CalendarUnit unit) {
        this.series = series;
        this.filter = filter;
        this.dates = filter.dates();
        this.ways = ways;
        this.unit = unit;
    }

    /**
     * The series in which anything can be found.
     *
     * @param rows how many of the grants are for single resources; the rest is for aggregates
     * @param unit for aggregates
     */
    static List<SamplePlan> of(
            List<Series> all,
            Query query,
            SamplePredicates predicates,
            List<Grant> grants,
            int rows,
            @Nullable CalendarUnit unit)
            throws SQLException {
        List<SamplePlan> plans = new ArrayList<>();
        for (Series series : all) {
            SampleFilter filter = new SampleFilter(query, series);
            if (filter.mayMatch()) {
                List<Way> ways = new ArrayList<>();
                for (int i = 0; i < grants.size(); i++) {
                    SampleTest test = predicates.of(grants.get(i).predicate(), series);
                    if (test != SampleTest.NEVER) {
                        Set<Obligation> obligations = grants.get(i).obligations();
                        ways.add(new Way(obligations, test, i >= rows, filter.values(obligations)));
                    }
                }
                if (ways.stream().anyMatch(way -> way.values() != null)) {
                    plans.add(new SamplePlan(series, filter, ways, unit));
                }
            }
        }
        return plans;
    }

    Series series() {
        return series;
    }

    /** Whether the query, not the permit, may leave out samples that begin in this time. */
    boolean cuts(long from, long to) {
        return filter.perSample() || dates.holds(new Span(from, to - 1, from, to)) != Extent.ALL;
    }

    /** Every sample of every chunk is found, so that they need not be looked at to be counted. */
    boolean everything() {
        return dates == SampleTest.ALWAYS
                && !filter.perSample()
                && ways.get(0).test() == SampleTest.ALWAYS
                && !ways.get(0).aggregate();
    }

    /** The obligations under which a sample may be shown; null when it is not found or not permitted. */
    @Nullable
    Set<Obligation> shows(Chunk chunk, int index, Supplier<UUID> id) {
        long from = chunk.from(index);
        long to = chunk.to(index);
        if (!dates.holds(from, to, id)
                || filter.perSample() && !filter.matches(chunk.key(index), chunk.updated(index))) {
            return null;
        }
        for (Way way : ways) {
            if (way.aggregate() ? holdsAround(way, from, to, id) : way.test().holds(from, to, id)) {
                return way.values() != null && way.values().hold(chunk, index) ? way.obligations() : null;
            }
        }
        return null;
    }

    private boolean holdsAround(Way way, long from, long to, Supplier<UUID> id) {
        if (unit == null) {
            return false;
        }
        turn(unit, from);
        return to <= wholeTo && way.test().holds(wholeFrom, wholeTo, id);
    }

    private void turn(CalendarUnit unit, long from) {
        if (from < wholeFrom || from >= wholeTo) {
            whole = unit.around(Objects.requireNonNull(Micros.instant(from)));
            wholeFrom = Micros.start(whole.from());
            wholeTo = Micros.end(whole.to());
        }
    }

    /** Whether the samples of a day can only be told apart one by one. */
    boolean each() {
        return filter.perSample()
                || dates.byId()
                || ways.stream().anyMatch(way -> way.test().byId());
    }

    /** Instants at which the answer to {@link #shows(Span)} may be that some are shown. */
    long[] turns() {
        LongStream.Builder turns = LongStream.builder();
        dates.turns(turns);
        ways.stream().filter(way -> !way.aggregate()).forEach(way -> way.test().turns(turns));
        return turns.build().distinct().toArray();
    }

    /**
     * The obligations under which all samples of one day may be shown; null when none of them is.
     *
     * @param span of samples that end on that day, or of one sample, and in which there is no turn
     */
    @Nullable
    Set<Obligation> shows(Span span) {
        if (!all(dates.holds(span))) {
            return null;
        }
        for (Way way : ways) {
            if (way.aggregate() ? holdsAround(way, span) : all(way.test().holds(span))) {
                return way.obligations();
            }
        }
        return null;
    }

    private boolean holdsAround(Way way, Span span) {
        if (unit == null) {
            return false;
        }
        turn(unit, span.firstFrom());
        return span.lastTo() <= wholeTo && all(way.test().holds(Span.of(wholeFrom, wholeTo)));
    }

    private static boolean all(Extent extent) {
        if (extent == Extent.SOME) {
            throw new IllegalStateException("samples that have to be looked at one by one");
        }
        return extent == Extent.ALL;
    }
}
