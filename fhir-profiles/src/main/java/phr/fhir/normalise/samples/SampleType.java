package phr.fhir.normalise.samples;

import java.math.BigDecimal;
import java.util.Optional;
import phr.fhir.Fhir;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.SourceTable;

/**
 * What the {@code type} of a sample means: a metric of ours ({@code heart-rate}), a code of the HL7 PHR guide ({@code heartRate}),
 * or Apple's name of it, with Apple's units.
 *
 * @param key of the metric, {@code glucose} = by the unit
 * @param unit in place of the one written, empty = as written
 * @param multiply factor on the number as written
 */
record SampleType(String key, String unit, BigDecimal multiply) {

    private static final SourceTable APPLE = SourceTable.of(Fhir.class, "normalise/apple/apple.tsv");

    static Optional<SampleType> of(String type) {
        if (type.equals("glucose") || Metric.known(type)) {
            return Optional.of(new SampleType(type, "", BigDecimal.ONE));
        }
        Metric metric = Metric.byPghd(type);
        if (metric != null) {
            boolean glucose = metric.pghd().equals("bloodGlucose");
            return Optional.of(new SampleType(glucose ? "glucose" : metric.key(), "", BigDecimal.ONE));
        }
        return Optional.ofNullable(APPLE.row(type))
                .filter(row -> !row.goal())
                .map(row -> new SampleType(row.key(), row.unit(), row.multiply()));
    }

    static boolean goal(String type) {
        SourceTable.Row row = APPLE.row(type);
        return row != null && row.goal();
    }

    Metric metric(String written) {
        String meant = unit(written);
        return key.equals("glucose") ? Metric.glucose(meant) : Metric.of(key);
    }

    String unit(String written) {
        return unit.isEmpty() ? written : unit;
    }
}
