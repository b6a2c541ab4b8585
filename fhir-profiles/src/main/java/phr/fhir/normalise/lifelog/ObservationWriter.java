package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.PersonId;

/** Writes the Observation of a point: PGHD and LOINC codes, UCUM, what else the source says (lifelog.md §1, §4). */
final class ObservationWriter {

    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    private final PersonId person;

    ObservationWriter(PersonId person) {
        this.person = person;
    }

    /** Without id and identifier. */
    Observation write(PointMapper.Point point, Metric metric, List<Measured> values) {
        Observation observation =
                MetricObservation.of(person, metric, point.frame().effective());
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
        return MetricObservation.quantity(measured.metric(), measured.value(), measured.written(), measured.unit());
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
            observation.addExtension(MetricObservation.MANUAL, new BooleanType(true));
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
            observation.addExtension(MetricObservation.AGGREGATE, new BooleanType(true));
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
