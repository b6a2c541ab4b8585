package phr.fhir.normalise.lifelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFrameTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T00:00:00+09:00, 2026-03-02T00:00:00+09:00, true",
        "2026-03-01T00:00:00.000+09:00, 2026-03-01T23:59:59.9990000+09:00, true",
        "2026-03-01T00:00:00+09:00, 2026-03-01T23:59:59+09:00, true",
        "2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z, true",
        "2024-02-29T00:00:00+09:00, 2024-03-01T00:00:00+09:00, true",
        "2026-03-01T00:00:00+09:00, 2026-03-01T23:59:58+09:00, false",
        "2026-03-01T00:00:00+09:00, 2026-03-02T00:00:00+10:00, false",
        "2026-03-01T00:00:00+09:00, 2026-03-03T00:00:00+09:00, false",
        "2026-03-01T04:00:00+09:00, 2026-03-02T04:00:00+09:00, false",
        "2026-03-01T00:00:00+09:00, 2026-03-01T00:00:00+09:00, false"
    })
    void aDayIsExactlyOneCalendarDayInItsOwnOffset(String start, String end, boolean day) throws IOException {
        assertEquals(
                day,
                frame("{'time_interval':{'start_date_time':'%s','end_date_time':'%s'}}", start, end)
                        .wholeDay());
    }

    @Test
    void aMomentKeepsItsOffsetAndFraction() throws IOException {
        TimeFrame frame = frame("{'date_time':'2026-03-01T07:10:00.1234567-08:00'}");
        assertEquals("2026-03-01T07:10:00.1234567-08:00", ((DateTimeType) frame.effective()).getValueAsString());
    }

    @Test
    void equalEndsAreAMoment() throws IOException {
        TimeFrame frame = frame(
                "{'time_interval':{'start_date_time':'2026-03-01T07:10:00Z','end_date_time':'2026-03-01T16:10:00+09:00'}}");
        assertTrue(frame.effective() instanceof DateTimeType);
    }

    @Test
    void aTimeWithoutOffsetIsJapaneseAndFlagged() throws IOException {
        DateTimeType time =
                (DateTimeType) frame("{'date_time':'2026-03-01T07:10:00'}").effective();
        assertEquals("2026-03-01T07:10:00+09:00", time.getValueAsString());
        assertTrue(time.hasExtension(TimeFrame.ASSUMED_ZONE));
    }

    @ParameterizedTest
    @CsvSource({
        "start_date_time, 2026-03-01T23:50:00+09:00, 20, min, 2026-03-01T23:50:00+09:00, 2026-03-02T00:10:00+09:00",
        "start_date_time, 2026-03-01T07:00:00Z, 10, sec, 2026-03-01T07:00:00Z, 2026-03-01T07:00:10Z",
        "end_date_time, 2026-03-01T07:00:00+09:00, 1.5, h, 2026-03-01T05:30:00+09:00, 2026-03-01T07:00:00+09:00",
        "start_date_time, 2026-03-01T07:00:00.5Z, 250, ms, 2026-03-01T07:00:00.5Z, 2026-03-01T07:00:00.75Z"
    })
    void aDurationCompletesTheInterval(String name, String known, String length, String unit, String start, String end)
            throws IOException {
        String written = "{'time_interval':{'%s':'%s','duration':{'value':%s,'unit':'%s'}}}";
        Period period = (Period) frame(written, name, known, length, unit).effective();
        assertEquals(start, period.getStartElement().getValueAsString());
        assertEquals(end, period.getEndElement().getValueAsString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'date_time':''}",
                "{'date_time':5}",
                "{'date_time':'yesterday'}",
                "{'date_time':'2026-02-29T07:00:00Z'}",
                "{'date_time':'2026-03-01T24:30:00Z'}",
                "{'date_time':'2026-03-01T07:00:00+25:00'}",
                "{'date_time':'0001-03-01T07:00:00Z'}",
                "{'time_interval':{'start_date_time':'2026-03-01T07:00:00Z'}}",
                "{'time_interval':{'start_date_time':'2026-03-01T07:00:00Z','duration':{'value':1,'unit':'yr'}}}",
                "{'time_interval':{'start_date_time':'2026-03-01T07:00:00Z','duration':{'value':1e300,'unit':'d'}}}",
                "{'time_interval':{'start_date_time':'2026-03-01T07:00:00Z','duration':{'value':-5,'unit':'min'}}}"
            })
    void noTimeOrAnImpossibleOneIsRefused(String json) {
        assertThrows(DateTimeException.class, () -> frame(json));
    }

    private static TimeFrame frame(String json, Object... values) throws IOException {
        JsonNode node = new ObjectMapper().readTree(json.formatted(values).replace('\'', '"'));
        return TimeFrame.parse(node);
    }
}
