package phr.fhir.normalise.apple;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;

/**
 * Blood pressure. The parts of a group also stand alone in the file, mostly before it, so what stands alone waits for the end:
 * by then the twins are known (lifelog.md §2.2).
 */
final class Pressures {

    /** Ten years of a reading every hour; a hostile file must not fill the memory. */
    private static final int MOST = 100_000;

    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final String TYPE = "HKCorrelationTypeIdentifierBloodPressure";
    private static final String SYSTOLIC = "systolic";
    private static final String DIASTOLIC = "diastolic";

    /** One of the two values. */
    record Half(Measurement measurement, String value) {

        String key() {
            return measurement.series().metric().key();
        }

        String unit() {
            return measurement.series().unit;
        }

        /** The same for both values of one reading. */
        String reading() {
            return measurement.series().device.source()
                    + '\0'
                    + measurement.start().micros()
                    + '\0'
                    + measurement.end().micros();
        }

        long twin() {
            String text = key()
                    + '\0'
                    + measurement.series().device.source()
                    + '\0'
                    + measurement.start().micros()
                    + '\0'
                    + value;
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }
    }

    private final AppleFile file;
    private final List<Half> alone = new ArrayList<>();
    private final Set<Long> grouped = new HashSet<>();

    Pressures(AppleFile file) {
        this.file = file;
    }

    /** A value that stands alone in the file. */
    void hold(Measurement measurement, String value) {
        Half half = new Half(measurement, value);
        if (alone.size() < MOST) {
            alone.add(half);
        } else {
            emit(List.of(half));
        }
    }

    /** The values of one group. */
    void group(List<Half> halves) {
        if (halves.isEmpty()) {
            return;
        }
        if (grouped.size() < MOST) {
            halves.forEach(half -> grouped.add(half.twin()));
        }
        emit(halves);
    }

    /** Hands on what no group had. */
    void finish() {
        Map<String, List<Half>> readings = new LinkedHashMap<>();
        for (Half half : alone) {
            if (grouped.contains(half.twin())) {
                file.tally.add(Tally.Reason.TWIN, "Record", half.measurement.series().type, half.measurement.line());
            } else {
                List<Half> reading = readings.computeIfAbsent(half.reading(), any -> new ArrayList<>());
                boolean second = reading.stream().noneMatch(other -> other.key().equals(half.key()));
                if (second) {
                    reading.add(half);
                } else {
                    emit(List.of(half));
                }
            }
        }
        readings.values().forEach(this::emit);
    }

    private void emit(List<Half> halves) {
        Half systolic = find(halves, SYSTOLIC);
        Half diastolic = find(halves, DIASTOLIC);
        List<Half> present = Stream.of(systolic, diastolic)
                .filter(half -> half != null && usable(half))
                .toList();
        if (present.isEmpty()) {
            return;
        }
        Measurement measurement = present.get(0).measurement();
        Metric metric = Metric.of("blood-pressure");
        Observation observation = measurement.observation(file.person(), metric);
        component(observation, SYSTOLIC, present);
        component(observation, DIASTOLIC, present);
        file.propose(
                observation,
                measurement.identity(
                        TYPE,
                        present.stream().map(Half::value).toList(),
                        present.stream().map(Half::unit).toList()),
                metric,
                measurement);
        // two records of the file became one resource
        present.stream().skip(1).forEach(half -> file.file.mapped());
    }

    private boolean usable(Half half) {
        BigDecimal written = RecordMapper.number(half.value());
        BigDecimal value = written == null ? null : value(half, written);
        if (value != null && value.signum() >= 0) {
            return true;
        }
        Tally.Reason reason =
                written == null ? Tally.Reason.VALUE : value == null ? Tally.Reason.UNIT : Tally.Reason.NEGATIVE;
        file.tally.add(
                reason,
                "Record",
                half.measurement().series().type,
                half.measurement().line());
        return false;
    }

    private static @Nullable BigDecimal value(Half half, BigDecimal written) {
        return half.measurement().series().row().value(written, half.unit());
    }

    private static void component(Observation observation, String key, List<Half> present) {
        Metric metric = Metric.of(key);
        var component = observation.addComponent().setCode(metric.concept());
        Half half = find(present, key);
        BigDecimal written = half == null ? null : RecordMapper.number(half.value());
        BigDecimal value = half == null || written == null ? null : value(half, written);
        if (half == null || written == null || value == null) {
            component.setDataAbsentReason(new CodeableConcept(new Coding(ABSENT, "unknown", null)));
        } else {
            component.setValue(MetricObservation.quantity(metric, value, written, half.unit()));
        }
    }

    private static @Nullable Half find(List<Half> halves, String key) {
        return halves.stream()
                .filter(half -> half.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
