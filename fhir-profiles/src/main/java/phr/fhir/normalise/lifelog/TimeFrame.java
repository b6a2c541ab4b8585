package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;

/**
 * When a point was measured: {@code effective_time_frame} (lifelog.md §4, effective time).
 *
 * @param start moment, or begin of the interval
 * @param end end of the interval, null for a moment
 * @param partOfDay {@code morning} … as written, when the source gives a date only
 */
public record TimeFrame(
        WrittenTime start,
        @Nullable WrittenTime end,
        @Nullable String partOfDay) {

    /** On a time whose zone the source does not state. */
    public static final String ASSUMED_ZONE = Fhir.CANONICAL + "/StructureDefinition/assumed-time-zone";

    /** Units of a duration in nanoseconds; months and years have no fixed length and are not accepted. */
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", new BigDecimal(1_000L),
            "ms", new BigDecimal(1_000_000L),
            "sec", new BigDecimal(1_000_000_000L),
            "s", new BigDecimal(1_000_000_000L),
            "min", new BigDecimal(60_000_000_000L),
            "h", new BigDecimal(3_600_000_000_000L),
            "d", new BigDecimal(86_400_000_000_000L),
            "wk", new BigDecimal(604_800_000_000_000L));

    private static final BigDecimal LONGEST = new BigDecimal(400L * 86_400_000_000_000L);

    /**
     * @throws DateTimeException when it says no time or an impossible one; its message stays inside
     */
    static TimeFrame parse(JsonNode frame) {
        if (frame.hasNonNull("date_time")) {
            return new TimeFrame(WrittenTime.parse(text(frame, "date_time")), null, null);
        }
        JsonNode interval = frame.path("time_interval");
        if (interval.hasNonNull("date")) {
            String part = interval.path("part_of_day").asText("");
            return new TimeFrame(WrittenTime.parse(text(interval, "date")), null, part);
        }
        return interval(interval);
    }

    private static TimeFrame interval(JsonNode interval) {
        boolean starts = interval.hasNonNull("start_date_time");
        boolean ends = interval.hasNonNull("end_date_time");
        if (starts && ends) {
            WrittenTime start = WrittenTime.parse(text(interval, "start_date_time"));
            return new TimeFrame(start, WrittenTime.parse(text(interval, "end_date_time")), null);
        }
        if (!starts && !ends) {
            throw new DateTimeException("no time");
        }
        long nanos = duration(interval.path("duration"));
        if (starts) {
            WrittenTime start = WrittenTime.parse(text(interval, "start_date_time"));
            return new TimeFrame(start, start.plusNanos(nanos), null);
        }
        WrittenTime end = WrittenTime.parse(text(interval, "end_date_time"));
        return new TimeFrame(end.plusNanos(-nanos), end, null);
    }

    /** FHIR's effective[x]: a dateTime when begin and end are the same. */
    public Type effective() {
        if (end == null || end.instant().equals(start.instant())) {
            return fhir(start);
        }
        Period period = new Period();
        period.setStartElement(fhir(start));
        period.setEndElement(fhir(end));
        return period;
    }

    /** Exactly one calendar day in its own offset, the end at 24:00 or in the last second before. */
    public boolean wholeDay() {
        OffsetDateTime from = start.time();
        OffsetDateTime to = end == null ? null : end.time();
        if (from == null || to == null || !from.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return false;
        }
        LocalDate day = from.toLocalDate();
        boolean midnight =
                to.toLocalDate().equals(day.plusDays(1)) && to.toLocalTime().equals(LocalTime.MIDNIGHT);
        boolean last = to.toLocalDate().equals(day) && !to.toLocalTime().isBefore(LocalTime.of(23, 59, 59));
        return from.getOffset().equals(to.getOffset()) && (midnight || last);
    }

    public boolean reversed() {
        return end != null && end.instant().isBefore(start.instant());
    }

    public Instant last() {
        return end == null ? start.instant() : end.instant();
    }

    private static DateTimeType fhir(WrittenTime written) {
        DateTimeType time = new DateTimeType(written.fhir());
        if (written.assumedZone()) {
            time.addExtension(ASSUMED_ZONE, new CodeType(WrittenTime.JAPAN.getId()));
        }
        return time;
    }

    private static String text(JsonNode owner, String name) {
        JsonNode value = owner.path(name);
        if (!value.isTextual()) {
            throw new DateTimeException("no text");
        }
        return value.textValue();
    }

    private static long duration(JsonNode duration) {
        BigDecimal unit = NANOS.get(duration.path("unit").asText(""));
        JsonNode value = duration.path("value");
        if (unit == null || !value.isNumber() || value.decimalValue().precision() > 20) {
            throw new DateTimeException("no duration");
        }
        BigDecimal nanos = value.decimalValue().multiply(unit);
        if (nanos.signum() < 0 || nanos.compareTo(LONGEST) > 0) {
            throw new DateTimeException("no duration");
        }
        return nanos.longValue();
    }
}
