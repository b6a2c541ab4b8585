package phr.fhir.normalise.apple;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationAdministration.MedicationAdministrationStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.SourceTable;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.text.MyNumber;

/** One record to one resource: quantities, stages of sleep, categories, heart beats, insulin (lifelog.md §3.1). */
final class RecordMapper {

    private static final String APPLE = Fhir.CANONICAL + "/CodeSystem/apple-health";
    private static final String NOT_APPLICABLE = "HKCategoryValueNotApplicable";
    private static final int MY_NUMBER = 12;

    private final AppleFile file;
    private final Pressures pressures;
    private final Sleep sleep;
    private final Beats beats;

    RecordMapper(AppleFile file, Pressures pressures, Sleep sleep) {
        this.file = file;
        this.pressures = pressures;
        this.sleep = sleep;
        this.beats = new Beats(file);
    }

    /**
     * @param value as written, empty = absent
     * @param details null when the record has nothing below
     */
    void map(Measurement measurement, String value, @Nullable Details details, Tag tag) {
        Metric metric = measurement.series().metric();
        if (value.length() >= MY_NUMBER && MyNumber.in(value)) {
            file.file.refuseOriginal(measurement.place());
            return;
        }
        switch (metric.key()) {
            case "sleep-analysis" -> sleep.map(measurement, value);
            case "systolic", "diastolic" -> pressures.hold(measurement, value);
            default -> {
                if (metric.unit().isEmpty()) {
                    category(measurement, value);
                } else {
                    quantity(measurement, value, details, tag);
                }
            }
        }
    }

    private void quantity(Measurement measurement, String value, @Nullable Details details, Tag tag) {
        Series series = measurement.series();
        Metric metric = series.metric();
        boolean plain = !series.dense() && !metric.key().equals("insulin") && !describable(metric, details);
        if (plain && series.repeats.take(file, measurement, value, false)) {
            return;
        }
        BigDecimal written = number(value);
        BigDecimal converted = converted(measurement, written);
        if (written == null || converted == null) {
            return;
        }
        SourceIdentity identity = measurement.identity(List.of(value), List.of(series.unit));
        if (metric.key().equals("insulin")) {
            file.propose(insulin(measurement, converted, identity), identity, metric, measurement);
            return;
        }
        Observation observation = measurement.observation(file.person(), metric);
        if (series.dense()) {
            boolean same = series.row().asWritten(series.unit);
            observation.setValue(MetricObservation.quantity(metric, converted, same ? series.unit : metric.unit()));
            Records.dense(file, observation, identity, measurement, tag);
            return;
        }
        sparse(observation, measurement, written, converted);
        if (plain) {
            series.repeats.propose(file, observation, identity, measurement, value, false);
            return;
        }
        if (details != null) {
            described(observation, measurement, details);
        }
        file.propose(observation, identity, metric, measurement);
    }

    /** Whether what stands below the record goes into its resource. */
    private static boolean describable(Metric metric, @Nullable Details details) {
        return details != null
                && (metric.key().equals("hrv-sdnn") || metric.pghd().equals("bloodGlucose"));
    }

    private static void sparse(
            Observation observation, Measurement measurement, BigDecimal written, BigDecimal converted) {
        SourceTable.Row row = measurement.series().row();
        boolean plain = row.unit().isEmpty() && row.multiply().equals(BigDecimal.ONE);
        observation.setValue(MetricObservation.quantity(
                measurement.series().metric(),
                converted,
                plain ? written : converted,
                row.unit(measurement.series().unit)));
    }

    private void described(Observation observation, Measurement measurement, Details details) {
        Metric metric = measurement.series().metric();
        if (metric.key().equals("hrv-sdnn") && !details.beats().isEmpty()) {
            observation.addDerivedFrom(new Reference("Observation/" + beats.series(measurement, details.beats())));
        }
        if (metric.pghd().equals("bloodGlucose")) {
            glucose(observation, details);
        }
    }

    /** The number in the unit of the metric; null when something is wrong with it, which is then counted. */
    private @Nullable BigDecimal converted(Measurement measurement, @Nullable BigDecimal written) {
        Series series = measurement.series();
        BigDecimal converted = written == null ? null : series.row().value(written, series.unit);
        boolean negative = converted != null
                && converted.signum() < 0
                && !series.metric().unit().equals("Cel");
        if (converted == null || negative) {
            Tally.Reason reason =
                    written == null ? Tally.Reason.VALUE : negative ? Tally.Reason.NEGATIVE : Tally.Reason.UNIT;
            file.tally.add(reason, "Record", series.type, measurement.line());
            return null;
        }
        return converted;
    }

    /** 1 before, 2 after a meal, as the person said. */
    private static void glucose(Observation observation, Details details) {
        String meal = details.metadata("HKBloodGlucoseMealTime");
        if (meal != null && (meal.equals("1") || meal.equals("2"))) {
            observation.addNote().setText("temporal_relationship_to_meal: " + (meal.equals("1") ? "before" : "after"));
        }
    }

    private MedicationAdministration insulin(Measurement measurement, BigDecimal units, SourceIdentity identity) {
        MedicationAdministration given = new MedicationAdministration();
        given.setStatus(MedicationAdministrationStatus.COMPLETED);
        given.setMedication(new CodeableConcept().setText("インスリン"));
        given.setSubject(new Reference("Patient/" + file.person()));
        given.setEffective(measurement.effective());
        Metric metric = measurement.series().metric();
        given.getDosage().setDose(MetricObservation.quantity(metric, units, metric.unit()));
        if (measurement.manual()) {
            given.addExtension(MetricObservation.MANUAL, new BooleanType(true));
        }
        given.addIdentifier().setSystem(identity.namespace()).setValue(identity.id());
        return given;
    }

    private void category(Measurement measurement, String value) {
        Metric metric = measurement.series().metric();
        Repeats repeats = measurement.series().repeats;
        if (repeats.take(file, measurement, value, true)) {
            return;
        }
        Observation observation = measurement.observation(file.person(), metric);
        if (!value.isEmpty() && !value.equals(NOT_APPLICABLE)) {
            if (!value.matches("[A-Za-z0-9._-]{1,120}")) {
                file.tally.add(Tally.Reason.VALUE, "Record", measurement.series().type, measurement.line());
                return;
            }
            observation.setValue(new CodeableConcept(new Coding(APPLE, value, null)));
        }
        SourceIdentity identity = measurement.identity(List.of(value), List.of(measurement.series().unit));
        repeats.propose(file, observation, identity, measurement, value, true);
    }

    static @Nullable BigDecimal number(String value) {
        try {
            return value.isEmpty() || value.length() > 60 ? null : new BigDecimal(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
