package phr.gateway.record.postgres;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import phr.consent.CalendarUnit;
import phr.consent.Obligation;
import phr.fhir.facts.DataTime;
import phr.fhir.sample.Decimal;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
import phr.gateway.record.choice.Share;
import phr.gateway.record.sampled.SampledForm;
import phr.gateway.record.sampled.SampledForm.Sampled;
import phr.gateway.record.sampled.SampledName;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.SlotDay;
import phr.gateway.record.series.SlotDay.Part;

/** The permitted samples of one series and one Tokyo day, and what is served instead of them. */
final class SampledDay {

    private static final Set<String> VALUES = Set.of("Observation.value[x]", "Observation.component");
    private static final Set<String> TIMES = Set.of("Observation.effective[x]");

    private final SamplePlan plan;
    private final SampledForm form;
    private final DataKey key;
    private final LocalDate date;
    private final long begin;
    private final long end;
    private final SlotDay slots;
    private final boolean hourly;
    private final boolean contested;
    private final List<Pending> pending = new ArrayList<>();
    private final Set<Obligation> obligations = new HashSet<>();
    private boolean chosen;

    /**
     * A sample that waits for a choice.
     *
     * @param from microseconds since 1970
     * @param to exclusive
     * @param updated milliseconds since 1970
     */
    record Pending(long from, long to, Decimal number, long updated, Set<Obligation> shown) {}

    /** One of the resources. */
    private record Made(long from, long updated, UUID id, Entry entry) implements Hit {}

    /**
     * @param hourly SampledData end with the hour
     * @param contested other sources may have counted the same
     */
    SampledDay(SamplePlan plan, SampledForm form, DataKey key, LocalDate date, boolean hourly, boolean contested) {
        this.plan = plan;
        this.form = form;
        this.key = key;
        this.date = date;
        this.begin = Micros.start(date.atStartOfDay(CalendarUnit.TOKYO).toInstant());
        this.end =
                Micros.start(date.plusDays(1).atStartOfDay(CalendarUnit.TOKYO).toInstant());
        this.hourly = hourly;
        this.contested = contested;
        this.slots = new SlotDay(begin);
    }

    /** The Tokyo day in which an instant lies. */
    static LocalDate date(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .atZone(CalendarUnit.TOKYO)
                .toLocalDate();
    }

    /** Microseconds since 1970, exclusive. */
    long end() {
        return end;
    }

    long begin() {
        return begin;
    }

    Series series() {
        return plan.series();
    }

    boolean contested() {
        return contested;
    }

    boolean empty() {
        return slots.count() == 0;
    }

    /** What waits for a choice. */
    List<Pending> pending() {
        return pending;
    }

    /** @param shown obligations under which the sample may be shown */
    void add(Chunk chunk, int index, Set<Obligation> shown) {
        if (contested) {
            pending.add(new Pending(
                    chunk.from(index), chunk.to(index), chunk.number(0, index), chunk.updated(index), shown));
        } else {
            slots.add(chunk.from(index), chunk.number(0, index), chunk.updated(index));
            obligations.addAll(shown);
        }
    }

    /** What counts of a sample that has waited. */
    void count(Pending sample, Share share) {
        if (!share.none() && share.begin(sample.from()) < end) {
            BigDecimal counted = share.of(sample.number().exact());
            Decimal number = new Decimal(counted.unscaledValue().longValueExact(), counted.scale());
            slots.add(share.begin(sample.from()), number, sample.updated());
            obligations.addAll(sample.shown());
            chosen |= share.contested();
        }
    }

    /** The parts of the day. */
    List<Hit> parts() {
        return parts(hourly).stream()
                .map(part -> part(part, name(part.first()).id(key)))
                .toList();
    }

    /** The part in which the first slot of that name is now. */
    Optional<Hit> part(SampledName name) {
        return parts(name.hour()).stream()
                .filter(part -> part.first() <= name.slot() && name.slot() <= part.last())
                .findFirst()
                .map(part -> part(part, name.id(key)));
    }

    private List<Part> parts(boolean byHour) {
        return slots.parts(byHour ? SlotDay.HOUR : SlotDay.DAY);
    }

    private SampledName name(int slot) {
        return new SampledName(plan.series().number(), date.toEpochDay(), false, slot, hourly);
    }

    private boolean cut() {
        return plan.cuts(begin, end);
    }

    /**
     * The total of the day.
     *
     * @param days of the series that add to it, in order of their numbers
     */
    static Hit total(UUID id, List<SampledDay> days) {
        SampledDay first = days.get(0);
        SlotDay all = new SlotDay(first.begin);
        Set<Obligation> obligations = new HashSet<>();
        Set<String> categories = new HashSet<>();
        for (SampledDay day : days) {
            all.addAll(day.slots);
            obligations.addAll(day.obligations);
            categories.addAll(day.plan.series().categories());
        }
        SampledForm form = SampledForm.joined(days.stream().map(day -> day.form).toList());
        Sampled sampled =
                form.summary(id, all, first.date, days.stream().anyMatch(SampledDay::cut), sources(days, obligations));
        return first.made(id, first.begin, first.end, all, sampled, obligations, categories);
    }

    /** Those that were chosen where several had something, as far as the caller may see devices. */
    private static Set<String> sources(List<SampledDay> days, Set<Obligation> obligations) {
        boolean hidden = obligations.stream()
                .flatMap(obligation -> obligation.paths().stream())
                .anyMatch(path -> path.startsWith("Observation.device") || path.startsWith("Observation.contained"));
        Set<String> sources = new TreeSet<>();
        if (!hidden && days.stream().anyMatch(day -> day.chosen)) {
            days.stream()
                    .map(day -> day.plan.series().counting())
                    .flatMap(Stream::ofNullable)
                    .forEach(counting -> sources.add(counting.source().text()));
        }
        return sources;
    }

    private Hit part(Part part, UUID id) {
        Sampled sampled = form.part(id, slots, part, cut());
        return made(
                id,
                slots.start(part.first()),
                slots.start(part.last() + 1),
                slots,
                sampled,
                obligations,
                plan.series().categories());
    }

    private Hit made(
            UUID id, long from, long to, SlotDay of, Sampled sampled, Set<Obligation> under, Set<String> categories) {
        Entry entry = new Entry(
                SampleHit.TYPE,
                id,
                sampled.version(),
                Instant.ofEpochMilli(of.updated()),
                plan.series().identity(""),
                categories,
                DataTime.between(Micros.instant(from), Micros.instant(to)),
                sampled.json(),
                widened(under),
                Set.of(),
                false);
        return new Made(from, of.updated(), id, entry);
    }

    /** What takes the value or the time out of a sample takes out what is made of it, whatever its type. */
    private static Set<Obligation> widened(Set<Obligation> obligations) {
        Set<Obligation> all = new HashSet<>(obligations);
        for (Obligation obligation : obligations) {
            for (String path : obligation.paths()) {
                if (path.startsWith("Observation.value") || path.startsWith("Observation.component")) {
                    all.add(Obligation.redact(VALUES));
                } else if (path.startsWith("Observation.effective")) {
                    all.add(Obligation.redact(TIMES));
                }
            }
        }
        return all;
    }
}
