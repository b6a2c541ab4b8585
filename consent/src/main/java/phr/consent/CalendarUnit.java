package phr.consent;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.stream.Stream;
import phr.fhir.facts.DataTime;

/** Whole units of the calendar in Asia/Tokyo; a week begins on Monday (consent-semantics.md §16.2). */
public enum CalendarUnit {
    DAY,
    WEEK,
    MONTH;

    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    public static Optional<CalendarUnit> of(String name) {
        return Stream.of(values()).filter(unit -> unit.name().equals(name)).findFirst();
    }

    /** The unit in which the instant lies. */
    public DataTime around(Instant instant) {
        LocalDate day = instant.atZone(TOKYO).toLocalDate();
        LocalDate first =
                switch (this) {
                    case DAY -> day;
                    case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> day.withDayOfMonth(1);
                };
        LocalDate next =
                switch (this) {
                    case DAY -> first.plusDays(1);
                    case WEEK -> first.plusWeeks(1);
                    case MONTH -> first.plusMonths(1);
                };
        return DataTime.between(
                first.atStartOfDay(TOKYO).toInstant(), next.atStartOfDay(TOKYO).toInstant());
    }
}
