package phr.gateway.record.postgres;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import phr.gateway.keys.DataKey;
import phr.gateway.record.choice.Choosing;
import phr.gateway.record.choice.Claim;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.postgres.SampledDay.Pending;
import phr.gateway.record.sampled.SampledName;

/**
 * One Tokyo day of several series. What several sources count is taken from one of them for each half hour; what is counted has one
 * total, whatever number of series it comes from.
 */
final class SampledDays {

    private final Contests contests;
    private final DataKey key;
    private final LocalDate date;
    private final TreeMap<Integer, SampledDay> days = new TreeMap<>();
    private boolean settled;

    SampledDays(Contests contests, DataKey key, LocalDate date) {
        this.contests = contests;
        this.key = key;
        this.date = date;
    }

    /** The day of one series. */
    SampledDay of(int series, Supplier<SampledDay> anew) {
        return days.computeIfAbsent(series, any -> anew.get());
    }

    /** Everything of the day; nothing is added any more. */
    List<Hit> hits() {
        settle();
        List<Hit> hits = new ArrayList<>();
        days.values().forEach(day -> hits.addAll(day.parts()));
        totals().forEach((first, of) -> hits.add(total(first, of)));
        return hits;
    }

    /** The resource of that name, if there is one. */
    Optional<Hit> hit(SampledName name) {
        settle();
        if (name.summary()) {
            return Optional.ofNullable(totals().get(name.series())).map(of -> total(name.series(), of));
        }
        return Optional.ofNullable(days.get(name.series())).flatMap(day -> day.part(name));
    }

    /** By the number after which a total is called. */
    private TreeMap<Integer, List<SampledDay>> totals() {
        TreeMap<Integer, List<SampledDay>> totals = new TreeMap<>();
        for (SampledDay day : days.values()) {
            if (!day.empty()) {
                totals.computeIfAbsent(contests.first(day.series()), any -> new ArrayList<>())
                        .add(day);
            }
        }
        return totals;
    }

    private Hit total(int first, List<SampledDay> of) {
        SampledName name = new SampledName(first, date.toEpochDay(), true, 0, false);
        return SampledDay.total(name.id(key), of);
    }

    private void settle() {
        if (settled) {
            return;
        }
        settled = true;
        List<SampledDay> contested =
                days.values().stream().filter(SampledDay::contested).toList();
        contested.stream()
                .collect(Collectors.groupingBy(day -> contest(day).contest()))
                .forEach(this::choose);
    }

    private static Counting contest(SampledDay day) {
        return Objects.requireNonNull(day.series().counting());
    }

    private record Sample(SampledDay day, Pending pending) {}

    private void choose(Contest contest, List<SampledDay> among) {
        List<Sample> samples = new ArrayList<>();
        among.forEach(day -> day.pending().forEach(one -> samples.add(new Sample(day, one))));
        samples.sort(Comparator.comparingLong(sample -> sample.pending().from()));
        Choosing<Sample> choosing = new Choosing<>(
                contests.priority(), (sample, shares) -> sample.day().count(sample.pending(), shares.get(0)));
        for (Sample sample : samples) {
            LifelogSource source = contest(sample.day()).source();
            Claim claim = new Claim(
                    contest, source, Claim.weigh(sample.pending().number().exact(), false));
            choosing.add(sample, sample.pending().from(), sample.pending().to(), List.of(claim));
        }
        choosing.finish();
    }
}
