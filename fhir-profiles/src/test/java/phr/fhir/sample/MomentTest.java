package phr.fhir.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 20260401, 777})
    void aMomentIsTheInstantOfThePlatformAndIsWrittenAsItWasRead(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            int digits = random.nextInt(7);
            LocalDateTime local = LocalDate.of(1800, 1, 1)
                    .plusDays(random.nextInt(401 * 365))
                    .atStartOfDay()
                    .plusSeconds(random.nextInt(86_400));
            String fraction = digits == 0
                    ? ""
                    : "."
                            + String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000))
                                    .substring(0, digits);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 840 + 1) - 840));
            String zone = random.nextInt(4) == 0
                    ? "Z"
                    : DateTimeFormatter.ofPattern("xxx", Locale.ROOT).format(local.atOffset(offset));
            String text = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT)
                            .format(local)
                    + fraction
                    + zone;

            Moment moment = Moment.parse(text);

            String message = "seed " + seed + ": " + text;
            assertNotNull(moment, message);
            assertEquals(text, moment.toString(), message);
            assertEquals(micros(text), moment.micros(), message);
            assertEquals(micros(text) + (long) Math.pow(10, 6 - digits), moment.end(), message);
        }
    }

    private static long micros(String text) {
        return ChronoUnit.MICROS.between(
                OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), OffsetDateTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1800-02-28T23:59:59Z", "1904-02-29T00:00:00+14:00", "2000-02-29T12:00:00.5-14:00",
                "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00+00:00", "2200-12-31T23:59:59.1-00:30"
            })
    void edgesOfTheCalendarAreRead(String text) {
        Moment moment = Moment.parse(text);

        assertNotNull(moment);
        assertEquals(text, moment.toString());
        assertEquals(micros(text), moment.micros());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-03-01",
                "2026-03-01T07:00Z",
                "2026-03-01T07:00:00",
                "2026-03-01T07:00:00.Z",
                "2026-03-01T07:00:00.1234567Z",
                "2026-03-01T07:00:00-00:00",
                "2026-03-01T07:00:00+14:01",
                "2026-03-01T07:00:00+09:60",
                "2026-03-01T07:00:00+0900",
                "2026-03-01T07:00:00+09:00 ",
                "2026-03-01T07:00:00z",
                "2026-03-01T07:00:00ZZ",
                "2026-03-01 07:00:00Z",
                "2026-3-001T07:00:00Z",
                "2026-02-29T07:00:00Z",
                "1900-02-29T07:00:00Z",
                "2026-04-31T07:00:00Z",
                "2026-00-01T07:00:00Z",
                "2026-13-01T07:00:00Z",
                "2026-03-00T07:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T07:60:00Z",
                "2026-03-01T07:00:60Z",
                "2026-03-01T0x:00:00Z",
                "-026-03-01T07:00:00Z",
                "２０２６-03-01T07:00:00Z"
            })
    void whatCannotBeWrittenAgainIsNoMoment(String text) {
        assertNull(Moment.parse(text));
    }

    @Test
    void aMomentIsReadFromTheMiddleOfAText() {
        byte[] text = "\"2026-03-01T07:00:00Z\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        assertEquals(Moment.parse("2026-03-01T07:00:00Z"), Moment.parse(text, 1, text.length - 1));
        assertNull(Moment.parse(text, 1, text.length - 2));
    }
}
