package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.Fhir;
import phr.fhir.PersonId;

/** Writes the Observation of a point: PGHD and LOINC codes, UCUM, what else the source says (lifelog.md §1, §4). */
final class ObservationWriter {

    /** The person typed the value in; recipients see it. */
    static final String MANUAL = Fhir.CANONICAL + "/StructureDefinition/manual-entry";
    /** Computed from several samples by the source. */
    static final String AGGREGATE = Fhir.CANONICAL + "/StructureDefinition/aggregate";

    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final String UCUM = "http://unitsofmeasure.org";

    private final Reference person;

    ObservationWriter(PersonId person) {
        this.person = new Reference("Patient/" + person);
    }

    /** Without id and identifier. */
    Observation write(PointMapper.Point point, Metric metric, List<Measured> values) {
        Observation observation = new Observation();
        observation.setStatus(ObservationStatus.FINAL);
        observation.addCategory(new CodeableConcept(new Coding(CATEGORY, metric.hl7Category(), null)));
        observation.setCode(metric.concept());
        observation.setSubject(person.copy());
        observation.addPerformer(person.copy());
        observation.setEffective(point.frame().effective());
        if (metric.key().equals("blood-pressure")) {
            component(observation, "systolic", values);
            component(observation, "diastolic", values);
        } else {
            observation.setValue(quantity(values.get(0)));
        }
        issued(observation, metric, point);
        header(observation, point.header());
        body(observation, point);
        if (SleepEpisodeBody.of(point.schema())) {
            SleepEpisodeBody.write(observation, point.body());
        }
        return observation;
    }

    private static void component(Observation observation, String key, List<Measured> values) {
        var component = observation.addComponent().setCode(Metric.of(key).concept());
        values.stream()
                .filter(value -> value.metric().key().equals(key))
                .findFirst()
                .ifPresentOrElse(
                        value -> component.setValue(quantity(value)),
                        () -> component.setDataAbsentReason(new CodeableConcept(new Coding(ABSENT, "unknown", null))));
    }

    private static Quantity quantity(Measured measured) {
        Metric metric = measured.metric();
        boolean same = Units.same(measured.unit(), metric.valueUnit());
        Quantity quantity = new Quantity();
        quantity.setValue(measured.value());
        quantity.setUnit(same && !measured.unit().isEmpty() ? measured.unit() : metric.unit());
        quantity.setSystem(UCUM).setCode(metric.unit());
        if (!same) {
            Quantity received = new Quantity().setValue(measured.written()).setUnit(measured.unit());
            quantity.addExtension(TRANSLATION, received);
        } else if (metric.valueUnit().equals("mg/dL")) {
            translate(quantity, measured, "mmol/L");
        } else if (metric.valueUnit().equals("mmol/L")) {
            translate(quantity, measured, "mg/dL");
        }
        return quantity;
    }

    /** Glucose is given in both units, the received one first (lifelog.md §1). */
    private static void translate(Quantity quantity, Measured measured, String other) {
        BigDecimal value = Units.convert(measured.written(), measured.unit(), other);
        quantity.addExtension(
                TRANSLATION,
                new Quantity().setValue(value).setUnit(other).setSystem(UCUM).setCode(other));
    }

    /** The PGHD glucose profile demands it. In an array file the header's time is that of the export, not of the point. */
    private static void issued(Observation observation, Metric metric, PointMapper.Point point) {
        String created = point.header().created();
        if (!metric.pghd().equals("bloodGlucose") || created == null || !point.single()) {
            return;
        }
        try {
            WrittenTime time = WrittenTime.parse(created);
            if (time.time() != null) {
                observation.setIssuedElement(new InstantType(time.fhir()));
            }
        } catch (DateTimeException e) {
            observation.setIssuedElement(null);
        }
    }

    private static void header(Observation observation, PointHeader header) {
        if (header.manual()) {
            observation.addExtension(MANUAL, new BooleanType(true));
        }
        Device device = header.device();
        if (device != null) {
            observation.addContained(device);
            observation.setDevice(new Reference("#device"));
        }
    }

    private static void body(Observation observation, PointMapper.Point point) {
        String statistic = text(point.body(), "descriptive_statistic");
        if (!statistic.isEmpty()) {
            observation.addExtension(AGGREGATE, new BooleanType(true));
            observation.setMethod(new CodeableConcept().setText(statistic));
        }
        String location = text(point.body(), "measurement_location");
        if (!location.isEmpty()) {
            observation.setBodySite(new CodeableConcept().setText(location));
        }
        String partOfDay = point.frame().partOfDay();
        if (partOfDay != null && !partOfDay.isBlank()) {
            observation.addNote().setText("part_of_day: " + partOfDay);
        }
        for (String name : new TreeSet<>(PointMapper.notes())) {
            String note = text(point.body(), name);
            if (!note.isEmpty()) {
                observation.addNote().setText(name.equals("user_notes") ? note : name + ": " + note);
            }
        }
    }

    /** Empty text is the same as no text. */
    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        return value.isTextual() ? value.textValue().strip() : "";
    }
}
