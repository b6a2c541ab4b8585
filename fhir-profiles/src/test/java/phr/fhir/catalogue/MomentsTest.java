package phr.fhir.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @ParameterizedTest
    @CsvSource({
        "2026, 2025-12-31T15:00:00Z, 2026-12-31T15:00:00Z",
        "2026-02, 2026-01-31T15:00:00Z, 2026-02-28T15:00:00Z",
        "2024-02-29, 2024-02-28T15:00:00Z, 2024-02-29T15:00:00Z",
        "2026-04-01T23:50:00-05:00, 2026-04-02T04:50:00Z, 2026-04-02T04:50:01Z",
        "2026-04-01T07:00:00Z, 2026-04-01T07:00:00Z, 2026-04-01T07:00:01Z",
        "2026-04-01T07:00:00.25Z, 2026-04-01T07:00:00.250Z, 2026-04-01T07:00:00.260Z",
        "2026-04-01T07:00:00.1234567+09:00, 2026-03-31T22:00:00.123456700Z, 2026-03-31T22:00:00.123456800Z",
        "2026-04-01T07:00:00, 2026-03-31T22:00:00Z, 2026-03-31T22:00:01Z"
    })
    void aWrittenDateStandsForItsWholeInterval(String text, String start, String end) {
        Moments moments = Moments.parse(text);
        assertEquals(start, moments.start().toString());
        assertEquals(end, moments.end().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13", "20260401", "2026-04-01T25:00:00Z", "soon"})
    void whatIsNoDateIsRefused(String text) {
        assertThrows(DateTimeException.class, () -> Moments.parse(text));
    }
}
