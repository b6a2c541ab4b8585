package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Obligation;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.DenseView;
import phr.gateway.record.Position;
import phr.gateway.record.Query;
import phr.gateway.record.Query.Order;
import phr.gateway.record.sampled.SampledForm;
import phr.gateway.record.sampled.SampledName;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.SampleIds;

/** What is served instead of the samples of several series, day by day in order of time: only the days at hand are in memory. */
final class SampledCursor implements Hit.Source {

    private static final int FETCH = 8;

    private final PersonId person;
    private final DataKey key;
    private final boolean newest;
    private final boolean hourly;
    private final ChunkRows chunks;
    private final Map<Integer, SamplePlan> plans = new HashMap<>();
    private final Map<Integer, SampledForm> forms = new HashMap<>();
    private final Contests contests;
    private final Map<Integer, SampleIds> names = new HashMap<>();
    private final Comparator<Hit> order;
    private final PreparedStatement statement;
    private final ResultSet rows;
    /** The first to be served first. */
    private final TreeMap<LocalDate, SampledDays> open;

    private final Deque<Hit> ready = new ArrayDeque<>();
    private boolean onRow;

    /**
     * @param forms of the series of the plans
     * @param contests among all her series
     * @param newest newest first, else oldest first
     */
    SampledCursor(
            Connection connection,
            PersonId person,
            DataKey key,
            Map<SamplePlan, SampledForm> forms,
            Contests contests,
            Query query,
            boolean newest)
            throws SQLException {
        this.person = person;
        this.contests = contests.among(forms.keySet());
        this.key = key;
        this.newest = newest;
        this.hourly = query.dense() == DenseView.HOURLY;
        this.chunks = new ChunkRows(connection, person, key);
        forms.forEach((plan, form) -> {
            this.plans.put(plan.series().number(), plan);
            this.forms.put(plan.series().number(), form);
        });
        Order byTime = newest ? Order.NEWEST : Order.OLDEST;
        this.order = Comparator.comparing(hit -> SampleOrder.of(hit, byTime), SampleOrder.of(byTime));
        Comparator<LocalDate> days = Comparator.comparing(LocalDate::toEpochDay);
        this.open = new TreeMap<>(newest ? days.reversed() : days);
        this.statement = SampleCursor.sql(person, List.copyOf(forms.keySet()), query, newest, after(query.after()))
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

    /** A page may begin within a day, and the day is made of all its samples. */
    private @Nullable Instant after(@Nullable Position after) {
        if (after == null || after.time() == null) {
            return null;
        }
        LocalDate day = after.time().atZone(CalendarUnit.TOKYO).toLocalDate();
        return (newest ? day.plusDays(1) : day).atStartOfDay(CalendarUnit.TOKYO).toInstant();
    }

    @Override
    public @Nullable Hit next() throws SQLException {
        while (ready.isEmpty() && (onRow || !open.isEmpty())) {
            if (onRow && (open.isEmpty() || mayBelongTo(open.firstKey()))) {
                open();
                onRow = rows.next();
            } else {
                List<Hit> day = open.pollFirstEntry().getValue().hits();
                day.sort(order);
                ready.addAll(day);
            }
        }
        return ready.poll();
    }

    /** The first of the named resources, if there is one. */
    @Nullable
    Hit named(SampledName name) throws SQLException {
        for (; onRow; onRow = rows.next()) {
            open();
        }
        SampledDays day = open.get(LocalDate.ofEpochDay(name.day()));
        return day == null ? null : day.hit(name).orElse(null);
    }

    /** Whether the row at hand may have samples of the day, or of one to be served before it. */
    private boolean mayBelongTo(LocalDate day) throws SQLException {
        LocalDate first = SampledDay.date(rows.getLong(newest ? 3 : 2));
        return newest ? !first.isBefore(day) : !first.isAfter(day);
    }

    private void open() throws SQLException {
        int number = rows.getInt(1);
        SamplePlan plan = plans.get(number);
        if (plan == null) {
            throw new IllegalStateException("a chunk of a series that was not asked for");
        }
        Chunk chunk = chunks.chunk(plan.series(), rows);
        SampleIds ids = names.computeIfAbsent(number, one -> plan.series().ids(person));
        SampledDay day = null;
        for (int i = 0; i < chunk.size(); i++) {
            int at = i;
            Set<Obligation> shown = plan.shows(chunk, at, () -> ids.of(chunk.key(at)));
            if (shown != null) {
                if (day == null || chunk.from(i) < day.begin() || chunk.from(i) >= day.end()) {
                    day = day(plan, number, SampledDay.date(chunk.from(i)));
                }
                day.add(chunk, i, shown);
            }
        }
    }

    private SampledDay day(SamplePlan plan, int number, LocalDate date) {
        SampledForm form = forms.get(number);
        if (form == null) {
            throw new IllegalStateException("a series without a form");
        }
        return open.computeIfAbsent(date, one -> new SampledDays(contests, key, date))
                .of(number, () -> new SampledDay(plan, form, key, date, hourly, contests.contested(plan.series())));
    }

    @Override
    public void close() throws SQLException {
        try (statement;
                rows) {
            open.clear();
            ready.clear();
        }
    }
}
