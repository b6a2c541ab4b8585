package phr.fhir.normalise.vendor.measure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.text.JapaneseDates;
import phr.fhir.text.Width;

/** Dates and times as vendors write them; all failures are a {@link DateTimeException} whose message stays inside. */
public final class Dates {

    /**
     * A moment as far as it is written.
     *
     * @param offset as written, null = not written
     * @param utc the time is UTC whatever the offset of the person
     */
    record Written(LocalDateTime local, @Nullable ZoneOffset offset, boolean utc) {}

    private static final int LONGEST = 60;
    private static final Set<String> GENERAL = Set.of(
            "iso", "era", "uuuu/M/d H:m:s", "uuuu/M/d H:m", "uuuu-M-d H:m:s.SSS", "uuuu-M-d H:m:s", "uuuu-M-d H:m");
    private static final Set<String> DAYS = Set.of("iso", "era", "uuuu/M/d", "uuuu-M-d", "uuuu.M.d", "uuuu年M月d日");
    private static final List<String> MONTHS = List.of("era", "uuuu-M", "uuuu/M", "uuuuMM", "uuuu年M月");
    private static final List<String> TIMES = List.of("H:m:s", "H:m", "H時m分", "H時m分s秒", "h:m a", "h:m:s a");
    private static final Map<String, DateTimeFormatter> FORMATS = new ConcurrentHashMap<>();

    private Dates() {}

    static Written moment(String text, Collection<String> formats) {
        String plain = plain(text);
        for (String format : formats.isEmpty() ? GENERAL : formats) {
            Written written = moment(plain, format);
            if (written != null) {
                return written;
            }
        }
        throw new DateTimeException("no time");
    }

    private static @Nullable Written moment(String text, String format) {
        try {
            switch (format) {
                case "epoch-s":
                    return epoch(text, 1000);
                case "epoch-ms":
                    return epoch(text, 1);
                case "era":
                    return null;
                case "iso":
                    return iso(text);
                default:
                    TemporalAccessor parsed = formatter(format).parse(text);
                    return new Written(LocalDateTime.from(parsed), parsed.query(TemporalQueries.offset()), false);
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Written epoch(String text, long factor) {
        int point = text.indexOf('.');
        long number = Long.parseLong(point < 0 ? text : text.substring(0, point));
        Instant instant = Instant.ofEpochMilli(Math.multiplyExact(number, factor));
        return new Written(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), null, true);
    }

    private static Written iso(String text) {
        String written = text.indexOf(' ') == 10 ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        boolean offset = written.endsWith("Z")
                || written.length() > 16 && written.substring(16).matches(".*[+-].*");
        if (!offset) {
            return new Written(LocalDateTime.parse(written), null, false);
        }
        OffsetDateTime time = OffsetDateTime.parse(written, formatter("iso-offset"));
        return new Written(time.toLocalDateTime(), time.getOffset(), false);
    }

    /** From one time to another as they are written, whatever their zones; null when one is none. */
    public static @Nullable Duration between(@Nullable String from, Column first, @Nullable String to, Column second) {
        try {
            return from == null || to == null
                    ? null
                    : Duration.between(
                            moment(from, first.details().keySet()).local(),
                            moment(to, second.details().keySet()).local());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * A day; a time of day behind it is left out where the format does so.
     *
     * @throws DateTimeException when it is none
     */
    public static LocalDate day(String text, Collection<String> formats) {
        String plain = plain(text);
        for (String format : formats.isEmpty() ? DAYS : formats) {
            try {
                if (format.equals("era")) {
                    LocalDate date = JapaneseDates.ofEra(plain).orElse(null);
                    if (date != null) {
                        return date;
                    }
                } else if (format.equals("iso")) {
                    return LocalDate.parse(
                            plain.length() > 10 && plain.charAt(10) == 'T' ? plain.substring(0, 10) : plain);
                } else if (format.startsWith("epoch")) {
                    return moment(plain, List.of(format)).local().toLocalDate();
                } else {
                    return LocalDate.from(formatter(format).parse(plain));
                }
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new DateTimeException("no date");
    }

    /**
     * A month: as the formats say, of an era, or {@code 2026-03}, {@code 2026/3}, {@code 202603}.
     *
     * @throws DateTimeException when it is none
     */
    public static YearMonth month(String text, Collection<String> formats) {
        String plain = plain(text);
        for (String format : formats.isEmpty() ? MONTHS : formats) {
            try {
                if (!format.equals("era")) {
                    return YearMonth.from(formatter(format).parse(plain));
                }
                LocalDate first = JapaneseDates.ofEra(plain.endsWith("月") ? plain + "1日" : plain + ".1")
                        .orElse(null);
                if (first != null) {
                    return YearMonth.from(first);
                }
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new DateTimeException("no month");
    }

    static LocalTime time(String text, Collection<String> formats) {
        String plain = plain(text);
        for (String format : formats.isEmpty() ? TIMES : formats) {
            try {
                return LocalTime.from(formatter(format).parse(plain));
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new DateTimeException("no time");
    }

    /**
     * {@code UTC+0900}, {@code GMT+9}, {@code +09:00}, {@code 32400} seconds or as the unit says.
     *
     * @param unit of a plain number: {@code s} when empty, {@code ms}, {@code min}
     */
    public static ZoneOffset offset(String text, String unit) {
        String plain = plain(text).replace("UTC", "").replace("GMT", "");
        if (plain.matches("[+-]\\d\\d?(:?\\d\\d)?") && (unit.isEmpty() || plain.contains(":"))) {
            return ZoneOffset.of(
                    plain.matches("[+-]\\d(:?\\d\\d)?") ? plain.charAt(0) + "0" + plain.substring(1) : plain);
        }
        if (plain.isEmpty() || plain.equals("Z")) {
            return ZoneOffset.UTC;
        }
        try {
            long number = Long.parseLong(plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain);
            long seconds =
                    unit.equals("ms") ? number / 1000 : unit.equals("min") ? Math.multiplyExact(number, 60) : number;
            return ZoneOffset.ofTotalSeconds(Math.toIntExact(seconds));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new DateTimeException("no offset");
        }
    }

    private static String plain(String text) {
        if (text.length() > LONGEST) {
            throw new DateTimeException("no time");
        }
        return Width.nfkcTrimmed(text);
    }

    private static DateTimeFormatter formatter(String format) {
        return FORMATS.computeIfAbsent(format, Dates::made);
    }

    private static DateTimeFormatter made(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        if (format.equals("iso-offset")) {
            builder.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX][X]");
        } else {
            builder.appendPattern(format);
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }
}
