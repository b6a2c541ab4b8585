package phr.fhir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JapaneseDatesTest {

    @ParameterizedTest
    @CsvSource({
        "20240401, 2024-04-01",
        "２０２４０４０１, 2024-04-01",
        "R060401, 2024-04-01",
        "H310430, 2019-04-30",
        "S550101, 1980-01-01",
        "T150101, 1926-01-01",
        "M450729, 1912-07-29",
        "20240229, 2024-02-29"
    })
    void daysInBothCalendarsAreRead(String text, LocalDate day) {
        assertEquals(Optional.of(day), JapaneseDates.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "20240230",
                "20241301",
                "R000101",
                "R060431",
                "X010101",
                "2024-04-01",
                "00010101",
                "99990101"
            })
    void nothingElseIsGuessedIntoADay(String text) {
        assertEquals(Optional.empty(), JapaneseDates.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "令和8年3月1日, 2026-03-01",
        "R8.3.1, 2026-03-01",
        "Ｒ０８／０３／０１, 2026-03-01",
        "令和元年5月1日, 2019-05-01",
        "平成31年4月30日, 2019-04-30",
        "S64-1-7, 1989-01-07",
        "昭和 55年 4月 1日, 1980-04-01"
    })
    void datesOfErasAreRead(String written, LocalDate expected) {
        assertEquals(Optional.of(expected), JapaneseDates.ofEra(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"令和元年4月30日", "令和8年2月30日", "R0.1.1", "2026-03-01", "X8.3.1", "", "令和8年3月"})
    void whatIsNoSuchDateIsNot(String written) {
        assertTrue(JapaneseDates.ofEra(written).isEmpty());
    }
}
