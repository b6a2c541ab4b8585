package phr.fhir.normalise.lifelog;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.PersonId;

/** What the Observations of all lifelog sources have in common: codes, category, UCUM quantities (lifelog.md §1, §4). */
public final class MetricObservation {

    /** The person typed the value in; recipients see it. */
    public static final String MANUAL = Fhir.CANONICAL + "/StructureDefinition/manual-entry";
    /** Computed from several samples. */
    public static final String AGGREGATE = Fhir.CANONICAL + "/StructureDefinition/aggregate";

    public static final String UCUM = "http://unitsofmeasure.org";

    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

    private MetricObservation() {}

    /** Without id, identifier and value. */
    public static Observation of(PersonId person, Metric metric, Type effective) {
        Observation observation = new Observation();
        observation.setStatus(ObservationStatus.FINAL);
        observation.addCategory(new CodeableConcept(new Coding(CATEGORY, metric.hl7Category(), null)));
        observation.setCode(metric.concept());
        Reference reference = new Reference("Patient/" + person);
        observation.setSubject(reference);
        observation.addPerformer(reference.copy());
        observation.setEffective(effective);
        return observation;
    }

    /**
     * The device that measured, contained; none when neither is stated.
     *
     * @param model empty = not stated
     * @param name of the application, or the person's name for the device; empty = not stated
     */
    public static void device(Observation observation, String model, String name) {
        if (model.isEmpty() && name.isEmpty()) {
            return;
        }
        Device device = new Device();
        device.setId("device");
        if (!model.isEmpty()) {
            device.addDeviceName().setName(model).setType(Device.DeviceNameType.MODELNAME);
        }
        if (!name.isEmpty()) {
            device.addDeviceName().setName(name).setType(Device.DeviceNameType.USERFRIENDLYNAME);
        }
        observation.addContained(device);
        observation.setDevice(new Reference("#device"));
    }

    /**
     * Adds to a received Observation the PGHD code of its metric.
     *
     * @return whether its unit is not the one that the vital signs profiles want
     */
    public static boolean complete(Observation received) {
        return complete(received, Metric.of(received.getCode()));
    }

    /** Only from a LOINC that has exactly one PGHD code, and only where none was received. */
    static boolean complete(Observation received, @Nullable Metric metric) {
        if (metric == null) {
            return false;
        }
        boolean present =
                received.getCode().getCoding().stream().anyMatch(coding -> Metric.PGHD.equals(coding.getSystem()));
        if (!present && !metric.pghd().isEmpty()) {
            received.getCode().addCoding().setSystem(Metric.PGHD).setCode(metric.pghd());
        }
        return metric.hl7Category().equals("vital-signs")
                && !metric.unit().isEmpty()
                && received.getValue() instanceof Quantity quantity
                && !metric.unit().equals(quantity.getCode());
    }

    /** A value in the unit of its metric, nothing else. */
    public static Quantity quantity(Metric metric, BigDecimal value, String unitText) {
        return new Quantity().setValue(value).setUnit(unitText).setSystem(UCUM).setCode(metric.unit());
    }

    /**
     * The same with what the source wrote beside it where that was another unit; glucose in both units.
     *
     * @param value in the unit of the metric
     * @param written as the source wrote it
     * @param unit as the source wrote it, may be empty
     */
    public static Quantity quantity(Metric metric, BigDecimal value, BigDecimal written, String unit) {
        boolean same = Units.same(unit, metric.valueUnit());
        Quantity quantity = quantity(metric, value, same && !unit.isEmpty() ? unit : metric.unit());
        if (!same) {
            quantity.addExtension(TRANSLATION, new Quantity().setValue(written).setUnit(unit));
        } else if (metric.valueUnit().equals("mg/dL")) {
            translate(quantity, written, unit, "mmol/L");
        } else if (metric.valueUnit().equals("mmol/L")) {
            translate(quantity, written, unit, "mg/dL");
        }
        return quantity;
    }

    /** Glucose is given in both units, the received one first (lifelog.md §1). */
    private static void translate(Quantity quantity, BigDecimal written, String unit, String other) {
        BigDecimal value = Units.convert(written, unit, other);
        quantity.addExtension(
                TRANSLATION,
                new Quantity().setValue(value).setUnit(other).setSystem(UCUM).setCode(other));
    }
}
