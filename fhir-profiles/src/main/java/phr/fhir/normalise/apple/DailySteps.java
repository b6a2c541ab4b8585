package phr.fhir.normalise.apple;

import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.SourceChoice;
import phr.fhir.normalise.sleep.SleepSource;
import phr.fhir.sample.Moment;

/** Steps of a day (歩数), the watch before the telephone before anything else; the samples of all sources stay beside them. */
final class DailySteps {

    private static final long MICROS = 1_000_000;

    private final AppleFile file;
    private final SourceChoice choice = new SourceChoice(SleepSource.APP + 1);

    DailySteps(AppleFile file) {
        this.file = file;
    }

    void add(Series series, Moment start, Moment end, double steps) {
        long offset = start.offsetSeconds();
        choice.add(
                series.rank,
                Math.floorDiv(start.micros(), MICROS) + offset,
                Math.floorDiv(end.micros(), MICROS) + offset,
                steps);
    }

    /** Hands on the days. */
    void finish() {
        Metric metric = Metric.of("steps-day");
        choice.totals((day, steps) -> {
            Observation observation = MetricObservation.of(file.person(), metric, new DateTimeType(day.toString()));
            observation.addExtension(MetricObservation.AGGREGATE, new BooleanType(true));
            MetricObservation.device(observation, "", "Apple Health");
            observation.setMethod(new CodeableConcept().setText("one source per half hour: watch, phone, application"));
            observation.setValue(MetricObservation.quantity(metric, steps, "steps"));
            SourceIdentity identity = new SourceIdentity(DerivedKey.SYSTEM, "apple-steps-day-" + day, null);
            file.derive(
                    observation,
                    identity,
                    metric.category(),
                    "/HealthData/Record[@type='HKQuantityTypeIdentifierStepCount']");
        });
    }
}
