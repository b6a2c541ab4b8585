package phr.fhir.catalogue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The half-open interval that a written FHIR date, dateTime or instant stands for (consent-semantics.md §5.1): a day, month or
 * year in Asia/Tokyo, or the exact instant with the length of its precision.
 */
record Moments(Instant start, Instant end) {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)(:\\d\\d(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d\\d:\\d\\d)?");

    /**
     * @throws java.time.DateTimeException when the text is no FHIR date; the message is of the Java platform, do not show it
     */
    static Moments parse(String text) {
        return switch (text.length()) {
            case 4 -> days(Year.parse(text).atDay(1), Period.ofYears(1));
            case 7 -> days(YearMonth.parse(text).atDay(1), Period.ofMonths(1));
            case 10 -> days(LocalDate.parse(text), Period.ofDays(1));
            default -> moment(text);
        };
    }

    private static Moments days(LocalDate first, Period length) {
        return new Moments(
                first.atStartOfDay(JAPAN).toInstant(),
                first.plus(length).atStartOfDay(JAPAN).toInstant());
    }

    private static Moments moment(String text) {
        Matcher written = TIME.matcher(text);
        if (!written.matches()) {
            throw new DateTimeException("not a FHIR dateTime");
        }
        Instant start = written.group(4) == null
                ? LocalDateTime.parse(text).atZone(JAPAN).toInstant()
                : OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME.withLocale(Locale.ROOT))
                        .toInstant();
        return new Moments(start, start.plusNanos(nanos(written)));
    }

    private static long nanos(Matcher written) {
        if (written.group(2) == null) {
            return 60_000_000_000L;
        }
        long nanos = 1_000_000_000L;
        for (int digits = written.group(3) == null ? 0 : written.group(3).length(); digits > 0; digits--) {
            nanos /= 10;
        }
        return nanos;
    }
}
