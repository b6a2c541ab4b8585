package phr.fhir.normalise.apple;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.MetricObservation;
import phr.fhir.normalise.lifelog.SourceTable;
import phr.fhir.normalise.lifelog.Units;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.normalise.tag.TagScanner;
import phr.fhir.sample.Moment;

/**
 * Workouts (ワークアウト): the kind is the code, totals and statistics are components. Before iOS 16 totals are attributes, since
 * then children (lifelog.md §2.2). Events and routes stay in the original, to which the workout refers.
 */
final class Workouts {

    private static final String STATISTICS = "http://terminology.hl7.org/CodeSystem/observation-statistics";
    private static final byte[] ACTIVITY = Names.ascii("workoutActivityType");
    private static final byte[] DURATION = Names.ascii("duration");
    private static final byte[] DURATION_UNIT = Names.ascii("durationUnit");
    private static final byte[] DISTANCE = Names.ascii("totalDistance");
    private static final byte[] DISTANCE_UNIT = Names.ascii("totalDistanceUnit");
    private static final byte[] ENERGY = Names.ascii("totalEnergyBurned");
    private static final byte[] ENERGY_UNIT = Names.ascii("totalEnergyBurnedUnit");
    private static final byte[] ACTIVITIES = Names.ascii("WorkoutActivity");
    private static final byte[][] FIGURES = {
        Names.ascii("sum"), Names.ascii("average"), Names.ascii("minimum"), Names.ascii("maximum")
    };
    private static final String[] CODES = {"sum", "average", "minimum", "maximum"};
    private static final SourceTable TYPES = Catalogue.TYPES;
    private static final int MOST_FIGURES = 200;

    /** One number of a workout; {@code code} is one of the HL7 statistics, empty = the plain total. */
    private record Figure(Metric metric, String code, BigDecimal value) {}

    private final AppleFile file;
    private final AppleTime times = new AppleTime();

    Workouts(AppleFile file) {
        this.file = file;
    }

    /** Reads the workout on whose tag the scanner is, with everything below. */
    void read(TagScanner scanner) throws IOException {
        file.file.read();
        Tag tag = new Tag();
        tag.keep(scanner.tag());
        long line = scanner.line();
        Details details = new Details(file);
        List<Figure> figures = new ArrayList<>();
        boolean[] more = new boolean[1];
        if (tag.kind() == Tag.Kind.START) {
            details.read(scanner, "Workout", child -> child(child, scanner, figures, more));
        }
        Measurement measurement = measurement(tag, details, line);
        if (measurement != null) {
            attributes(tag, figures);
            elevation(details.metadata("HKElevationAscended"), figures);
            write(measurement, tag, figures, more[0]);
        }
    }

    private boolean child(Tag child, TagScanner scanner, List<Figure> figures, boolean[] more) throws IOException {
        if (child.is(Names.WORKOUT_STATISTICS)) {
            statistics(child, figures);
        } else if (child.is(Names.WORKOUT_EVENT) || child.is(Names.WORKOUT_ROUTE) || child.is(ACTIVITIES)) {
            more[0] = true;
            file.tally.add(Tally.Reason.KEPT, "Workout/" + child.name(), "", scanner.line());
        } else {
            return false;
        }
        scanner.skip();
        return true;
    }

    private static void statistics(Tag child, List<Figure> figures) throws IOException {
        String type = child.value(Names.TYPE);
        SourceTable.Row row = type == null ? null : TYPES.row(type);
        if (row == null || row.goal() || figures.size() > MOST_FIGURES) {
            return;
        }
        for (int i = 0; i < FIGURES.length; i++) {
            figure(row, child.value(FIGURES[i]), child.value(Names.UNIT), CODES[i], figures);
        }
    }

    private static void attributes(Tag tag, List<Figure> figures) throws IOException {
        SourceTable.Row energy = TYPES.row("HKQuantityTypeIdentifierActiveEnergyBurned");
        SourceTable.Row distance = TYPES.row(distance(String.valueOf(tag.value(ACTIVITY))));
        if (energy == null || distance == null) {
            return;
        }
        total(energy, tag.value(ENERGY), tag.value(ENERGY_UNIT), figures);
        total(distance, tag.value(DISTANCE), tag.value(DISTANCE_UNIT), figures);
    }

    /** Value and unit in one text, such as {@code 418 cm}. */
    private static void elevation(@Nullable String text, List<Figure> figures) {
        int blank = text == null ? -1 : text.indexOf(' ');
        BigDecimal number = text == null || blank < 0 ? null : RecordMapper.number(text.substring(0, blank));
        Metric metric = Metric.of("elevation");
        BigDecimal metres = text == null || number == null
                ? null
                : Units.convert(number, text.substring(blank + 1).strip(), metric.unit());
        if (metres != null) {
            figures.add(new Figure(metric, "sum", metres));
        }
    }

    private static String distance(String activity) {
        String kind = activity.substring(activity.lastIndexOf("Type") + 4);
        return "HKQuantityTypeIdentifierDistance"
                + switch (kind) {
                    case "Cycling", "HandCycling" -> "Cycling";
                    case "Swimming" -> "Swimming";
                    default -> "WalkingRunning";
                };
    }

    /** An attribute counts where no child says the same. */
    private static void total(
            SourceTable.Row row, @Nullable String value, @Nullable String unit, List<Figure> figures) {
        boolean known = figures.stream()
                .anyMatch(figure ->
                        figure.code().equals("sum") && figure.metric().key().equals(row.key()));
        BigDecimal number = value == null ? null : RecordMapper.number(value);
        if (!known && number != null && number.signum() > 0) {
            figure(row, value, unit, "sum", figures);
        }
    }

    private static void figure(
            SourceTable.Row row, @Nullable String value, @Nullable String unit, String code, List<Figure> figures) {
        BigDecimal number = value == null ? null : RecordMapper.number(value);
        String written = unit == null ? "" : unit;
        BigDecimal converted = number == null ? null : row.value(number, written);
        Metric metric = row.metric(written);
        if (converted != null && !metric.unit().isEmpty()) {
            figures.add(new Figure(metric, code, converted));
        }
    }

    private @Nullable Measurement measurement(Tag tag, Details details, long line) throws IOException {
        Series series = file.catalogue.workout(tag);
        Moment start = times.of(tag, Names.START_DATE);
        Moment end = times.of(tag, Names.END_DATE);
        if (series == null || start == null || end == null || start.micros() > end.micros()) {
            boolean time = series != null && tag.find(Names.START_DATE) >= 0 && tag.find(Names.END_DATE) >= 0;
            file.tally.add(time ? Tally.Reason.TIME : Tally.Reason.INCOMPLETE, "Workout", "", line);
            return null;
        }
        return new Measurement(series, start, end, false, details.manual(), details.zone(), line);
    }

    private void write(Measurement measurement, Tag tag, List<Figure> figures, boolean more) throws IOException {
        Metric metric = Metric.of("workout");
        Observation observation = measurement.observation(file.person(), metric);
        String activity = measurement.series().type;
        String kind = WorkoutKinds.of(activity);
        if (kind == null) {
            file.tally.add(Tally.Reason.KIND, "Workout", activity, measurement.line());
        }
        CodeableConcept code = new CodeableConcept().setText(metric.name());
        code.addCoding().setSystem(Metric.PGHD).setCode(kind == null ? WorkoutKinds.OTHER : kind);
        metric.loinc().forEach(loinc -> code.addCoding().setSystem(Metric.LOINC).setCode(loinc));
        observation.setCode(code);
        duration(observation, tag);
        figures.forEach(figure -> component(observation, figure));
        if (more) {
            observation.addDerivedFrom(new Reference(file.file.original()));
        }
        file.propose(observation, measurement.identity(List.of(""), List.of("")), metric, measurement);
    }

    /** Without the pauses, so not the length of the period. */
    private static void duration(Observation observation, Tag tag) throws IOException {
        String value = tag.value(DURATION);
        String unit = tag.value(DURATION_UNIT);
        BigDecimal number = value == null ? null : RecordMapper.number(value);
        Metric metric = Metric.of("exercise-time");
        BigDecimal minutes = number == null || number.signum() < 0
                ? null
                : Units.convert(number, unit == null ? "min" : unit, metric.unit());
        if (minutes != null) {
            observation
                    .addComponent()
                    .setCode(metric.concept())
                    .setValue(MetricObservation.quantity(metric, minutes, metric.unit()));
        }
    }

    private static void component(Observation observation, Figure figure) {
        CodeableConcept code = figure.metric().concept();
        code.addCoding().setSystem(STATISTICS).setCode(figure.code());
        observation
                .addComponent()
                .setCode(code)
                .setValue(MetricObservation.quantity(
                        figure.metric(), figure.value(), figure.metric().unit()));
    }
}
