package phr.consent.lifecourse;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person's birth date and life events; the stage is computed at an instant and never stored (CS-4, consent-semantics.md §11).
 *
 * @param birthDate null = unknown; used as declared even when not verified
 * @param events not withdrawn, in any order
 */
public record Life(@Nullable LocalDate birthDate, boolean birthDateVerified, List<LifeEvent> events) {

    public Life {
        events = List.copyOf(events);
    }

    /** The stage at an instant. */
    public LifeStage stage(Instant now, AgeBands bands) {
        if (latest(LifeEvent.Type.DEATH, now, true).isPresent()) {
            return LifeStage.DECEASED;
        } else if (latest(LifeEvent.Type.DEATH, now, false).isPresent()) {
            return LifeStage.DECEASED_REPORTED;
        }
        LifeStage age = age(now, bands);
        return age == LifeStage.ADULT && capacityLost(now).isPresent() ? LifeStage.INCAPACITATED : age;
    }

    /** The stage by age alone, whatever has happened. */
    public LifeStage age(Instant now, AgeBands bands) {
        if (birthDate == null) {
            return LifeStage.UNKNOWN_AGE;
        }
        AgeBands.Row ages = bands.at(now);
        if (reached(ages.majority(), now)) {
            return LifeStage.ADULT;
        } else if (reached(ages.adolescentFrom(), now)) {
            return LifeStage.ADOLESCENT;
        }
        return reached(ages.assentFrom(), now) ? LifeStage.ASSENT : LifeStage.CHILD;
    }

    /**
     * When an age is reached: 24:00 of the day before the birthday in Asia/Tokyo, for 29 February in a common year 00:00 of 1
     * March (民法143条).
     *
     * @return empty when the birth date is unknown
     */
    public Optional<Instant> reaches(int age) {
        return Optional.ofNullable(birthDate).map(date -> birthday(date, age));
    }

    /** When majority was or will be reached under the ages that held then; empty when the birth date is unknown. */
    public Optional<Instant> majority(AgeBands bands) {
        List<AgeBands.Row> rows = bands.rows();
        for (int i = 0; birthDate != null && i < rows.size(); i++) {
            Instant birthday = birthday(birthDate, rows.get(i).majority());
            Instant reached =
                    i > 0 && birthday.isBefore(rows.get(i).from()) ? rows.get(i).from() : birthday;
            if (i == rows.size() - 1 || reached.isBefore(rows.get(i + 1).from())) {
                return Optional.of(reached);
            }
        }
        return Optional.empty();
    }

    /** When the bridge after majority ends, in which a guardian's permits go on for treatment; empty when there is none. */
    public Optional<Instant> bridgeEnd(AgeBands bands) {
        return majority(bands)
                .map(majority ->
                        majority.plus(Duration.ofDays(bands.at(majority).bridgeDays())))
                .filter(end -> majority(bands).filter(end::isAfter).isPresent());
    }

    /** Since when capacity is lost by a verified event that no later one undid. */
    public Optional<Instant> capacityLost(Instant now) {
        Optional<Instant> lost = latest(LifeEvent.Type.CAPACITY_LOST, now, true);
        Optional<Instant> regained = capacityRegained(now);
        return lost.filter(instant -> regained.isEmpty() || instant.isAfter(regained.get()));
    }

    /** When capacity was last regained, by a verified event. */
    public Optional<Instant> capacityRegained(Instant now) {
        return latest(LifeEvent.Type.CAPACITY_REGAINED, now, true);
    }

    /** The address is protected; a report is enough, and only the operator lifts it. */
    public boolean addressProtected(Instant now) {
        return latest(LifeEvent.Type.PROTECTED_ADDRESS, now, false).isPresent();
    }

    /** The service has ended for the person: all permits are frozen. */
    public boolean serviceEnded(Instant now) {
        return latest(LifeEvent.Type.SERVICE_END, now, false).isPresent();
    }

    /** A verified change of custody took this authority from its holder. */
    public boolean custodyLost(String authority, Instant now) {
        return known(LifeEvent.Type.CUSTODY_CHANGE, now)
                .anyMatch(event -> event.verified() && authority.equals(event.authority()));
    }

    /** The next instant after now at which the mere passing of time may change a stage. */
    public Optional<Instant> nextChange(Instant now, AgeBands bands) {
        List<Instant> changes = new ArrayList<>();
        for (AgeBands.Row row : bands.rows()) {
            changes.add(row.from());
            Stream.of(row.assentFrom(), row.adolescentFrom(), row.majority())
                    .flatMap(age -> reaches(age).stream())
                    .forEach(changes::add);
            majority(bands).ifPresent(instant -> changes.add(instant.plus(Duration.ofDays(row.bridgeDays()))));
        }
        events.forEach(event -> changes.addAll(List.of(event.effectiveAt(), event.reportedAt())));
        return changes.stream().filter(now::isBefore).min(Comparator.naturalOrder());
    }

    private boolean reached(int age, Instant now) {
        return reaches(age).filter(instant -> !instant.isAfter(now)).isPresent();
    }

    private static Instant birthday(LocalDate birthDate, int age) {
        LocalDate day = birthDate.plusYears(age);
        boolean clamped = day.getDayOfMonth() != birthDate.getDayOfMonth();
        return (clamped ? day.plusDays(1) : day).atStartOfDay(AgeBands.TOKYO).toInstant();
    }

    private Optional<Instant> latest(LifeEvent.Type type, Instant now, boolean onlyVerified) {
        return known(type, now)
                .filter(event -> event.verified() || !onlyVerified)
                .map(LifeEvent::effectiveAt)
                .max(Comparator.naturalOrder());
    }

    private Stream<LifeEvent> known(LifeEvent.Type type, Instant now) {
        return events.stream().filter(event -> event.type() == type && event.knownAt(now));
    }
}
