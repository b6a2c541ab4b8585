package phr.consent.directive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and instants of directives (consent-semantics.md §5.1): a date is a whole day in Asia/Tokyo, a year or month the whole of
 * it; a dateTime needs an offset and lasts as long as its precision.
 */
public final class Times {

    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2})");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private Times() {}

    /**
     * The first instant of what is written.
     *
     * @throws DateTimeException when it is no date and no dateTime with offset
     */
    public static Instant start(String text) {
        return span(text).start();
    }

    /**
     * The first instant after what is written.
     *
     * @throws DateTimeException when it is no date and no dateTime with offset
     */
    public static Instant end(String text) {
        return span(text).end();
    }

    /** How a start is written: as date when a day begins then in Tokyo. */
    public static String writtenStart(Instant from) {
        ZonedDateTime time = from.atZone(TOKYO);
        return midnight(time) ? time.toLocalDate().toString() : dateTime(time);
    }

    /** How an end is written, so that reading it again gives the same instant. */
    public static String writtenEnd(Instant until) {
        ZonedDateTime time = until.atZone(TOKYO);
        if (midnight(time)) {
            return time.toLocalDate().minusDays(1).toString();
        }
        return dateTime(time.getNano() == 0 ? time.minusSeconds(1) : time.minus(1, ChronoUnit.MICROS));
    }

    /** An instant in Tokyo time. */
    public static String written(Instant instant) {
        return dateTime(instant.atZone(TOKYO));
    }

    private record Span(Instant start, Instant end) {}

    private static Span span(String text) {
        if (DATE.matcher(text).matches()) {
            return date(text);
        }
        Matcher dateTime = DATE_TIME.matcher(text);
        if (!dateTime.matches()) {
            throw new DateTimeException("neither a date nor a dateTime with offset");
        }
        Instant start = OffsetDateTime.parse(text).toInstant();
        String fraction = dateTime.group(3);
        if (dateTime.group(2) == null) {
            return new Span(start, start.plus(1, ChronoUnit.MINUTES));
        }
        long nanos = fraction == null ? 1_000_000_000L : (long) Math.pow(10, 10d - fraction.length());
        return new Span(start, start.plusNanos(nanos));
    }

    private static Span date(String text) {
        LocalDate first;
        LocalDate after;
        if (text.length() == 4) {
            first = Year.parse(text).atDay(1);
            after = first.plusYears(1);
        } else if (text.length() == 7) {
            first = YearMonth.parse(text).atDay(1);
            after = first.plusMonths(1);
        } else {
            first = LocalDate.parse(text);
            after = first.plusDays(1);
        }
        return new Span(
                first.atStartOfDay(TOKYO).toInstant(), after.atStartOfDay(TOKYO).toInstant());
    }

    private static boolean midnight(ZonedDateTime time) {
        return time.toLocalTime().toNanoOfDay() == 0;
    }

    private static String dateTime(ZonedDateTime time) {
        return (time.getNano() == 0 ? SECONDS : MICROS).format(time);
    }
}
