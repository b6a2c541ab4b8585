package phr.fhir.normalise.vendor.measure;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.TimeFrame;
import phr.fhir.normalise.lifelog.WrittenTime;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** When a row was measured; failures are a {@link DateTimeException} (lifelog.md §4, effective time). */
final class RowTimes {

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    private static final long LONGEST = 400L * 86_400_000;

    private final Kind kind;
    private final boolean utc;
    private final @Nullable LocalTime dayStart;

    /** @param utc times that say no offset are UTC */
    RowTimes(Kind kind, boolean utc) {
        this.kind = kind;
        this.utc = utc;
        String start = kind.setting(Role.DAY_START);
        this.dayStart = start.isEmpty() ? null : LocalTime.parse(start);
    }

    TimeFrame of(Fields row, String group) {
        Column day = kind.column(Role.DAY, group);
        if (day != null) {
            LocalDate date = Dates.day(text(row, day), day.details().keySet());
            Dates.Written midnight = new Dates.Written(date.atStartOfDay(), null, false);
            Dates.Written next = new Dates.Written(date.plusDays(1).atStartOfDay(), null, false);
            return frame(row, group, midnight, next, false);
        }
        Column date = kind.column(Role.DATE, group);
        if (kind.column(Role.START, group) == null && date != null && !timed(row, group)) {
            LocalDate known = Dates.day(text(row, date), date.details().keySet());
            return new TimeFrame(WrittenTime.parse(known.toString()), null, null);
        }
        Dates.Written start = moved(row, group, start(row, group));
        return frame(row, group, start, end(row, group, start), utc);
    }

    private boolean timed(Fields row, String group) {
        Column time = kind.column(Role.TIME, group);
        return time != null && !Numbers.absent(row.text(time));
    }

    private Dates.Written start(Fields row, String group) {
        Column start = kind.column(Role.START, group);
        if (start != null) {
            return Dates.moment(text(row, start), start.details().keySet());
        }
        Column date = Objects.requireNonNull(kind.column(Role.DATE, group));
        LocalDate day = Dates.day(text(row, date), date.details().keySet());
        Column column = Objects.requireNonNull(kind.column(Role.TIME, group));
        LocalTime time = Dates.time(text(row, column), column.details().keySet());
        boolean tomorrow = dayStart != null && time.isBefore(dayStart);
        return new Dates.Written(LocalDateTime.of(tomorrow ? day.plusDays(1) : day, time), null, false);
    }

    /** The start and what is written to be added to it. */
    private Dates.Written moved(Fields row, String group, Dates.Written start) {
        Column plus = kind.column(Role.PLUS, group);
        return plus == null ? start : later(start, millis(text(row, plus), plus.unit()));
    }

    private Dates.@Nullable Written end(Fields row, String group, Dates.Written start) {
        Column end = kind.column(Role.END, group);
        String written = end == null ? null : row.text(end);
        if (end != null && !Numbers.absent(written)) {
            return Dates.moment(Objects.requireNonNull(written), end.details().keySet());
        }
        Column duration = kind.column(Role.DURATION, group);
        String length = duration == null ? null : row.text(duration);
        return duration == null || Numbers.absent(length)
                ? null
                : later(start, millis(Objects.requireNonNull(length), duration.unit()));
    }

    private TimeFrame frame(Fields row, String group, Dates.Written start, Dates.@Nullable Written end, boolean inUtc) {
        Column column = kind.column(Role.OFFSET, group);
        String written = column == null ? null : row.text(column);
        ZoneOffset offset = column == null || Numbers.absent(written)
                ? null
                : Dates.offset(Objects.requireNonNull(written), column.unit());
        WrittenTime from = written(start, offset, inUtc);
        return new TimeFrame(from, end == null ? null : written(end, offset, inUtc), null);
    }

    private static WrittenTime written(Dates.Written time, @Nullable ZoneOffset offset, boolean inUtc) {
        if (time.offset() != null) {
            return WrittenTime.parse(LOCAL.format(time.local()) + time.offset().getId());
        }
        if (!time.utc() && !inUtc) {
            return WrittenTime.parse(LOCAL.format(time.local()) + (offset == null ? "" : offset.getId()));
        }
        OffsetDateTime known = time.local().atOffset(ZoneOffset.UTC);
        return offset == null
                ? WrittenTime.parse(
                        LOCAL.format(known.atZoneSameInstant(WrittenTime.JAPAN).toLocalDateTime()))
                : WrittenTime.parse(
                        LOCAL.format(known.withOffsetSameInstant(offset).toLocalDateTime()) + offset.getId());
    }

    private static Dates.Written later(Dates.Written time, long millis) {
        return new Dates.Written(time.local().plus(millis, ChronoUnit.MILLIS), time.offset(), time.utc());
    }

    private static long millis(String written, String unit) {
        BigDecimal number = Numbers.parse(written);
        if (number == null || number.signum() < 0) {
            throw new DateTimeException("no duration");
        }
        int factor = unit.equals("ms") ? 1 : unit.equals("min") ? 60_000 : unit.equals("h") ? 3_600_000 : 1000;
        BigDecimal millis = number.multiply(BigDecimal.valueOf(factor));
        if (millis.compareTo(BigDecimal.valueOf(LONGEST)) > 0) {
            throw new DateTimeException("no duration");
        }
        return millis.longValue();
    }

    private static String text(Fields row, Column column) {
        String text = row.text(column);
        if (text == null) {
            throw new DateTimeException("no time");
        }
        return text;
    }
}
