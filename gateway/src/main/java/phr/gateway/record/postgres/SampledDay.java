package phr.gateway.record.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.CalendarUnit;
import phr.consent.Obligation;
import phr.fhir.facts.DataTime;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
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
    private final Set<Obligation> obligations = new HashSet<>();

    /** One of the resources. */
    private record Made(long from, long updated, UUID id, Entry entry) implements Hit {}

    /** @param hourly SampledData end with the hour */
    SampledDay(SamplePlan plan, SampledForm form, DataKey key, LocalDate date, boolean hourly) {
        this.plan = plan;
        this.form = form;
        this.key = key;
        this.date = date;
        this.begin = Micros.start(date.atStartOfDay(CalendarUnit.TOKYO).toInstant());
        this.end =
                Micros.start(date.plusDays(1).atStartOfDay(CalendarUnit.TOKYO).toInstant());
        this.hourly = hourly;
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

    /** @param shown obligations under which the sample may be shown */
    void add(Chunk chunk, int index, Set<Obligation> shown) {
        slots.add(chunk.from(index), chunk.number(0, index), chunk.updated(index));
        obligations.addAll(shown);
    }

    /** The daily summary, and the parts of the day. */
    List<Hit> hits() {
        List<Hit> hits = new ArrayList<>();
        hits.add(summary());
        parts(hourly)
                .forEach(part -> hits.add(part(part, name(false, part.first()).id(key))));
        return hits;
    }

    /** The resource of that name: the part in which its first slot is now. */
    Optional<Hit> hit(SampledName name) {
        return name.summary()
                ? Optional.of(summary())
                : parts(name.hour()).stream()
                        .filter(part -> part.first() <= name.slot() && name.slot() <= part.last())
                        .findFirst()
                        .map(part -> part(part, name.id(key)));
    }

    private List<Part> parts(boolean byHour) {
        return slots.parts(byHour ? SlotDay.HOUR : SlotDay.DAY);
    }

    private SampledName name(boolean summary, int slot) {
        return new SampledName(plan.series().number(), date.toEpochDay(), summary, slot, hourly && !summary);
    }

    private Hit summary() {
        UUID id = name(true, 0).id(key);
        return made(id, begin, end, form.summary(id, slots, date, plan.cuts(begin, end)));
    }

    private Hit part(Part part, UUID id) {
        return made(
                id,
                slots.start(part.first()),
                slots.start(part.last() + 1),
                form.part(id, slots, part, plan.cuts(begin, end)));
    }

    private Hit made(UUID id, long from, long to, Sampled sampled) {
        Series series = plan.series();
        Entry entry = new Entry(
                SampleHit.TYPE,
                id,
                sampled.version(),
                Instant.ofEpochMilli(slots.updated()),
                series.identity(""),
                series.categories(),
                DataTime.between(Micros.instant(from), Micros.instant(to)),
                sampled.json(),
                widened(),
                Set.of(),
                false);
        return new Made(from, slots.updated(), id, entry);
    }

    /** What takes the value or the time out of a sample takes out what is made of it, whatever its type. */
    private Set<Obligation> widened() {
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
