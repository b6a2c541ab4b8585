package phr.fhir.normalise.vendor.measure;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.Units;

/**
 * One number of a measurement.
 *
 * @param written as the source wrote it
 * @param unit as the source wrote it or means it
 * @param value in the unit of the metric
 */
public record Value(Metric metric, BigDecimal written, String unit, BigDecimal value) {

    private static final String UNIT = "an unknown unit or a number too large: kept in the original";
    private static final String NEGATIVE = "a negative value: kept in the original";
    private static final String ZERO = "a zero that no living person has: kept in the original";

    /** A value without {@link #fault}. */
    public static Value of(Metric metric, BigDecimal written, String unit) {
        BigDecimal value = Objects.requireNonNull(Units.convert(written, unit, metric.valueUnit()));
        return new Value(metric, written, unit, value);
    }

    /** Why such a number is not taken, null = it is. */
    public static @Nullable String fault(Metric metric, BigDecimal written, String unit) {
        if (Units.convert(written, unit, metric.valueUnit()) == null) {
            return UNIT;
        }
        boolean degrees = metric.unit().equals("Cel");
        if (written.signum() < 0 && !degrees) {
            return NEGATIVE;
        }
        boolean vital = metric.hl7Category().equals("vital-signs") && !degrees;
        return written.signum() == 0 && vital ? ZERO : null;
    }

    /** The rule that a fault breaks. */
    public static String rule(String fault) {
        return fault.equals(UNIT) ? "VND-8" : "VND-6";
    }

    boolean of(String key) {
        return metric.key().equals(key);
    }
}
