package phr.fhir.normalise.lifelog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as the source wrote it.
 *
 * @param fhir the same as FHIR dateTime: fraction and offset kept; seconds and offset added where they are missing
 * @param instant first instant it stands for
 * @param time with its offset, null for a date
 * @param assumedZone the source gives no offset: Asia/Tokyo
 */
public record WrittenTime(
        String fhir, Instant instant, @Nullable OffsetDateTime time, boolean assumedZone) {

    public static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private static final Pattern WRITTEN = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d)(:\\d\\d)?(\\.\\d{1,9})?(Z|z|[+-]\\d\\d:?\\d\\d)?)?");

    /** Whole seconds where there is no fraction, at most nine digits otherwise. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT);

    /** @throws DateTimeException when it is no time, or an impossible one; its message stays inside */
    public static WrittenTime parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches() || outOfRange(written.group(1))) {
            throw new DateTimeException("no time");
        }
        if (written.group(2) == null) {
            LocalDate date = LocalDate.parse(written.group(1));
            return new WrittenTime(date.toString(), date.atStartOfDay(JAPAN).toInstant(), null, false);
        }
        return moment(written);
    }

    private static WrittenTime moment(Matcher written) {
        String seconds = written.group(3) == null ? ":00" : written.group(3);
        String fraction = written.group(4) == null ? "" : written.group(4);
        String local = written.group(1) + "T" + written.group(2) + seconds + fraction;
        boolean assumed = written.group(5) == null;
        String offset =
                assumed ? JAPAN.getRules().getOffset(LocalDateTime.parse(local)).getId() : offset(written.group(5));
        OffsetDateTime time = OffsetDateTime.parse(local + offset);
        return new WrittenTime(local + offset, time.toInstant(), time, assumed);
    }

    private static String offset(String written) {
        if (written.equalsIgnoreCase("Z")) {
            return "Z";
        }
        return written.contains(":") ? written : written.substring(0, 3) + ":" + written.substring(3);
    }

    /** Years that no measurement of a living person has. */
    private static boolean outOfRange(String date) {
        int year = Integer.parseInt(date.substring(0, 4));
        return year < 1900 || year > 2200;
    }

    WrittenTime plusNanos(long nanos) {
        if (time == null) {
            throw new DateTimeException("a date has no duration");
        }
        OffsetDateTime moved = time.plusNanos(nanos);
        return new WrittenTime(FORMAT.format(moved), moved.toInstant(), moved, assumedZone);
    }
}
