package phr.fhir.normalise.apple;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.Units;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.normalise.tag.TagScanner;

/**
 * The rings of a day (アクティビティ) as Apple adds them up: aggregates with codes of their own, so that nobody adds them to the
 * samples they come from. Goals are dropped and counted (lifelog.md §4).
 */
final class Summaries {

    /**
     * One of the values of a day.
     *
     * @param unitAttribute names the unit; empty = it is always the one behind
     */
    private record Ring(byte[] attribute, byte[] goal, String unitAttribute, String unit, String metric) {

        static Ring of(String attribute, String unitAttribute, String unit, String metric) {
            return new Ring(Names.ascii(attribute), Names.ascii(attribute + "Goal"), unitAttribute, unit, metric);
        }
    }

    private static final byte[] DATE = Names.ascii("dateComponents");
    private static final List<Ring> RINGS = List.of(
            Ring.of("activeEnergyBurned", "activeEnergyBurnedUnit", "kcal", "active-energy-day"),
            Ring.of("appleMoveTime", "", "min", "move-time-day"),
            Ring.of("appleExerciseTime", "", "min", "exercise-time-day"),
            Ring.of("appleStandHours", "", "h", "stand-hours-day"));

    private final AppleFile file;

    Summaries(AppleFile file) {
        this.file = file;
    }

    /** Reads the summary on whose tag the scanner is. */
    void read(TagScanner scanner) throws IOException {
        Tag tag = scanner.tag();
        file.file.read();
        String day = day(tag.value(DATE));
        boolean any = false;
        for (Ring ring : RINGS) {
            if (tag.find(ring.goal()) >= 0) {
                file.tally.add(Tally.Reason.GOAL, "ActivitySummary", "", scanner.line());
            }
            any |= day != null && ring(tag, ring, day, scanner.line());
        }
        if (any) {
            file.file.mapped();
        } else {
            Tally.Reason reason = day == null ? Tally.Reason.TIME : Tally.Reason.KEPT;
            file.tally.add(reason, "ActivitySummary", "", scanner.line());
        }
    }

    /** Null when it is no day: Apple writes 1970 or less where it knows none. */
    private static @Nullable String day(@Nullable String written) {
        try {
            LocalDate day = written == null ? null : LocalDate.parse(written);
            return day == null || day.getYear() < 2000 || day.getYear() > 2200 ? null : day.toString();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private boolean ring(Tag tag, Ring ring, String day, long line) throws IOException {
        String value = tag.value(ring.attribute());
        BigDecimal written = value == null ? null : RecordMapper.number(value);
        // days without a watch are written as zeros
        if (value == null || written == null || written.signum() <= 0) {
            return false;
        }
        String named = ring.unitAttribute().isEmpty() ? null : tag.value(Names.ascii(ring.unitAttribute()));
        String unit = named == null ? ring.unit() : named;
        Metric metric = Metric.of(ring.metric());
        BigDecimal converted = Units.convert(written, unit, metric.valueUnit());
        if (converted == null) {
            file.tally.add(Tally.Reason.UNIT, "ActivitySummary", "", line);
            return false;
        }
        Observation observation = MetricObservation.of(file.person(), metric, new DateTimeType(day));
        observation.addExtension(MetricObservation.AGGREGATE, new BooleanType(true));
        MetricObservation.device(observation, "", "Apple Health");
        observation.setValue(MetricObservation.quantity(metric, converted, written, unit));
        SourceIdentity identity = new SourceIdentity(DerivedKey.SYSTEM, "apple-" + ring.metric() + "-" + day, null);
        file.derive(observation, identity, metric.category(), "line " + line);
        return true;
    }
}
