package phr.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.DataTime;

/** Whole units in Asia/Tokyo, weeks from Monday (consent-semantics.md §16.2). */
class CalendarUnitTest {

    private static Instant at(String dateTime) {
        return OffsetDateTime.parse(dateTime).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-06-01T00:00:00+09:00, 2026-06-01, 2026-06-02",
        "DAY, 2026-06-01T14:59:59Z, 2026-06-01, 2026-06-02",
        "DAY, 2026-06-01T15:00:00Z, 2026-06-02, 2026-06-03",
        "WEEK, 2026-06-01T00:00:00+09:00, 2026-06-01, 2026-06-08",
        "WEEK, 2026-06-07T23:59:59+09:00, 2026-06-01, 2026-06-08",
        "WEEK, 2026-05-31T23:59:59+09:00, 2026-05-25, 2026-06-01",
        "MONTH, 2026-06-01T00:00:00+09:00, 2026-06-01, 2026-07-01",
        "MONTH, 2026-02-28T23:59:59+09:00, 2026-02-01, 2026-03-01",
        "MONTH, 2026-12-31T23:59:59+09:00, 2026-12-01, 2027-01-01"
    })
    void aUnitHoldsTheWholeOfIt(CalendarUnit unit, String instant, String first, String next) {
        assertEquals(
                DataTime.between(at(first + "T00:00:00+09:00"), at(next + "T00:00:00+09:00")),
                unit.around(at(instant)));
    }

    @Test
    void unitsAreKnownByTheirNames() {
        assertEquals(Optional.of(CalendarUnit.WEEK), CalendarUnit.of("WEEK"));
        assertEquals(Optional.empty(), CalendarUnit.of("week"));
    }
}
