package phr.fhir.normalise.apple;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SampledData;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;

/**
 * The heart beats below a heart rate variability, as intervals in milliseconds (lifelog.md §3.1, RR interval). Apple writes
 * each beat as its rate; the period of the SampledData is the mean interval, for beats know no grid.
 */
final class Beats {

    private static final int MINUTE = 60_000;

    private final AppleFile file;

    Beats(AppleFile file) {
        this.file = file;
    }

    /** Hands on the series and returns the id of its Observation. */
    String series(Measurement measurement, List<Integer> rates) {
        Metric metric = Metric.of("heartbeat-series");
        List<Long> intervals =
                rates.stream().map(rate -> Math.round((double) MINUTE / rate)).toList();
        long sum = intervals.stream().mapToLong(Long::longValue).sum();
        SampledData data = new SampledData();
        data.setOrigin(new Quantity()
                .setValue(0)
                .setUnit("ms")
                .setSystem(MetricObservation.UCUM)
                .setCode("ms"));
        data.setPeriod(BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(intervals.size()), 0, RoundingMode.HALF_UP));
        data.setDimensions(1);
        data.setData(intervals.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        Observation observation = measurement.observation(file.person(), metric);
        observation.setValue(data);
        SourceIdentity identity = measurement.identity(
                "HeartRateVariabilityMetadataList",
                rates.stream().map(String::valueOf).toList(),
                List.of("count/min"));
        file.derive(observation, identity, metric.category(), measurement.place());
        return observation.getIdElement().getIdPart();
    }
}
