package phr.fhir.normalise.vendor.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.measure.Dates;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.measure.Numbers;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/**
 * The day or month of a record; no time of day is invented.
 *
 * @param fhir {@code 2026-03-02} or {@code 2026-03}
 * @param first first day
 * @param last last day
 */
record When(String fhir, LocalDate first, LocalDate last) {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** @throws DateTimeException when the row has none, or an impossible one */
    static When of(Kind kind, Fields row, String group) {
        for (Role role : new Role[] {Role.DAY, Role.DATE, Role.START, Role.MONTH}) {
            Column column = kind.column(role, group);
            String text = column == null ? null : row.text(column);
            if (column != null && text != null && !Numbers.absent(text)) {
                return role == Role.MONTH ? month(text, column) : day(text, column);
            }
        }
        throw new DateTimeException("no date");
    }

    private static When day(String text, Column column) {
        LocalDate day = Dates.day(text, column.details().keySet());
        return new When(day.toString(), day, day);
    }

    private static When month(String text, Column column) {
        YearMonth month = Dates.month(text, column.details().keySet());
        return new When(month.toString(), month.atDay(1), month.atEndOfMonth());
    }

    Instant from() {
        return first.atStartOfDay(TOKYO).toInstant();
    }

    Instant to() {
        return last.atStartOfDay(TOKYO).toInstant();
    }

    /** Whether the date of birth that the row states, if any, is another one. */
    static boolean differs(Kind kind, Fields row, @Nullable LocalDate born) {
        Column column = kind.column(Role.BORN, "");
        String text = column == null ? null : row.text(column);
        if (column == null || born == null) {
            return false;
        }
        try {
            return text == null || !Dates.day(text, column.details().keySet()).equals(born);
        } catch (DateTimeException e) {
            return true;
        }
    }
}
