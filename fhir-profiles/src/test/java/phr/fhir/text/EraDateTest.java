package phr.fhir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EraDateTest {

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
        assertEquals(Optional.of(expected), EraDate.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"令和元年4月30日", "令和8年2月30日", "R0.1.1", "2026-03-01", "X8.3.1", "", "令和8年3月"})
    void whatIsNoSuchDateIsNot(String written) {
        assertTrue(EraDate.parse(written).isEmpty());
    }
}
