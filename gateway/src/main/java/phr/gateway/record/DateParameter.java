package phr.gateway.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;

/**
 * A date parameter (FHIR R4 search §3.1.1.4.7): prefix and a date, month, year or instant to the minute, second or fraction.
 * The value stands for the interval of its precision; without offset it is a time in Asia/Tokyo.
 */
final class DateParameter {

    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final Pattern FORM = Pattern.compile(
            "(?<prefix>eq|ne|lt|gt|le|ge|sa|eb)?"
                    + "(?<year>\\d{4})(-(?<month>\\d\\d)(-(?<day>\\d\\d)"
                    + "(T(?<time>\\d\\d:\\d\\d)(?<second>:\\d\\d)?(?<fraction>\\.\\d{1,9})?(?<offset>Z|[+ -]\\d\\d:\\d\\d)?)?)?)?");

    private DateParameter() {}

    /** @throws phr.fhir.failure.FailureException MALFORMED when it is none */
    static Query.DateFilter parse(String name, String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches() || (form.group("fraction") != null && form.group("second") == null)) {
            throw malformed(name);
        }
        String prefix = form.group("prefix");
        Query.Comparison comparison =
                prefix == null ? Query.Comparison.EQ : Query.Comparison.valueOf(prefix.toUpperCase(Locale.ROOT));
        try {
            return new Query.DateFilter(comparison, interval(form));
        } catch (DateTimeException impossible) {
            throw malformed(name);
        }
    }

    private static RuntimeException malformed(String name) {
        return BadParameter.malformed(
                name, "prefix eq, ne, lt, gt, le, ge, sa or eb and a FHIR date or dateTime expected");
    }

    private static DataTime interval(Matcher form) {
        int year = Integer.parseInt(form.group("year"));
        if (form.group("month") == null) {
            return days(LocalDate.of(year, 1, 1), LocalDate.of(year, 1, 1).plusYears(1));
        }
        YearMonth month = YearMonth.of(year, Integer.parseInt(form.group("month")));
        if (form.group("day") == null) {
            return days(month.atDay(1), month.plusMonths(1).atDay(1));
        }
        LocalDate day = LocalDate.of(year, month.getMonth(), Integer.parseInt(form.group("day")));
        return form.group("time") == null ? days(day, day.plusDays(1)) : moment(day, form);
    }

    private static DataTime days(LocalDate from, LocalDate to) {
        return DataTime.between(
                from.atStartOfDay(ZONE).toInstant(), to.atStartOfDay(ZONE).toInstant());
    }

    private static DataTime moment(LocalDate day, Matcher form) {
        String second = form.group("second");
        String fraction = form.group("fraction");
        LocalDateTime local = LocalDateTime.parse(
                day + "T" + form.group("time") + (second == null ? "" : second) + (fraction == null ? "" : fraction));
        Instant from = local.atZone(zone(form.group("offset"))).toInstant();
        return DataTime.between(from, end(from, second, fraction));
    }

    private static Instant end(Instant from, @Nullable String second, @Nullable String fraction) {
        if (second == null) {
            return from.plus(1, ChronoUnit.MINUTES);
        }
        if (fraction == null) {
            return from.plusSeconds(1);
        }
        return from.plus(fraction.length() <= 4 ? 1_000_000 : 1_000, ChronoUnit.NANOS);
    }

    /** A plus sign that was not escaped in the address arrives as a space. */
    private static ZoneId zone(@Nullable String offset) {
        return offset == null ? ZONE : ZoneOffset.of(offset.replace(' ', '+'));
    }
}
