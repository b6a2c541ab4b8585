package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.SourceIdentity;

/** One measurement of Open mHealth to one Observation, or to several where it measures several things (lifelog.md §2.5, §4). */
final class PointMapper {

    private static final String URI = "urn:ietf:rfc:3986";
    private static final Set<String> NOTES = Set.of(
            "body_posture",
            "user_notes",
            "activity_name",
            "temporal_relationship_to_physical_activity",
            "temporal_relationship_to_meal",
            "temporal_relationship_to_sleep");
    private static final Set<String> USED =
            Set.of("effective_time_frame", "measurement_location", "descriptive_statistic", "specimen_source");

    /**
     * @param single the body is one measurement, so the header's uuid is its own
     */
    record Point(String place, PointHeader header, Schema schema, JsonNode body, TimeFrame frame, boolean single) {}

    private final LifelogFile file;
    private final ObservationWriter writer;

    PointMapper(LifelogFile file) {
        this.file = file;
        this.writer = new ObservationWriter(file.intake().account().person());
    }

    /** Whether anything was mapped; if not, issues say why. */
    boolean map(Point point) {
        List<Measured> values = values(point);
        if (values.isEmpty()) {
            return false;
        }
        reportTheRest(point);
        if (SleepEpisodeBody.of(point.schema)) {
            SleepEpisodeBody.unreadable(point.body)
                    .forEach(name -> file.issue(Issue.warning(
                            "value",
                            "LIF-8",
                            "a part of the sleep cannot be read: kept in the original",
                            point.place + "." + name)));
        }
        if (values.get(0).metric().key().equals("systolic")
                || values.get(0).metric().key().equals("diastolic")) {
            propose(point, values, Metric.of("blood-pressure"), "");
            return true;
        }
        String fragment = "";
        for (Measured value : values) {
            propose(point, List.of(value), value.metric(), fragment);
            int next = values.indexOf(value) + 1;
            fragment = next < values.size() ? "#" + values.get(next).element() : "";
        }
        return true;
    }

    private void propose(Point point, List<Measured> values, Metric metric, String fragment) {
        SourceIdentity identity = identity(point, values, fragment);
        Observation observation = writer.write(point, metric, values);
        observation.addIdentifier().setSystem(identity.namespace()).setValue(identity.id());
        observation.setId(file.sampleId(identity).toString());
        file.about(metric.name(), point.frame.start().instant(), point.frame.last());
        file.observation(observation, identity, Set.of(metric.category()), point.place);
    }

    /** The header's uuid for a body of its own; several values of one point are told apart by a fragment. */
    private static SourceIdentity identity(Point point, List<Measured> values, String fragment) {
        String uuid = point.header.uuid();
        if (point.single && uuid != null) {
            return new SourceIdentity(URI, "urn:uuid:" + uuid + fragment, null);
        }
        String key = DerivedKey.of(
                point.schema.type(),
                point.header.sourceName(),
                point.header.model(),
                point.frame.start().instant(),
                point.frame.end() == null ? null : point.frame.end().instant(),
                values.stream().map(value -> value.written().toString()).toList(),
                values.stream().map(Measured::unit).toList());
        return new SourceIdentity(DerivedKey.SYSTEM, key, null);
    }

    private List<Measured> values(Point point) {
        List<Measured> values = new ArrayList<>();
        boolean any = false;
        for (Schema.Value wanted : point.schema.values()) {
            JsonNode node = point.body.path(wanted.element());
            if (!node.isMissingNode() && !node.isNull()) {
                any = true;
                Measured measured = measured(point, wanted, node);
                if (measured != null) {
                    values.add(measured);
                }
            }
        }
        if (!any) {
            file.issue(Issue.warning("required", "LIF-7", "the measured value is missing", point.place));
        }
        return values;
    }

    private @Nullable Measured measured(Point point, Schema.Value wanted, JsonNode node) {
        String place = point.place + "." + wanted.element();
        JsonNode number = node.isObject() ? node.path("value") : node;
        String unit = node.path("unit").asText("").strip();
        if (!number.isNumber()) {
            file.issue(Issue.warning("value", "LIF-7", "the measured value is no number: kept in the original", place));
            return null;
        }
        Metric metric = metric(point, wanted, unit);
        BigDecimal written = number.decimalValue();
        BigDecimal value = Units.convert(written, unit, metric.valueUnit());
        boolean negative = written.signum() < 0 && !metric.unit().equals("Cel");
        if (value == null || negative) {
            String reason = negative
                    ? "a negative value: kept in the original"
                    : "an unknown unit or a number too large: kept in the original";
            file.issue(Issue.warning("value", "LIF-8", reason, place));
            return null;
        }
        return new Measured(wanted.element(), metric, written, unit, value);
    }

    private static Metric metric(Point point, Schema.Value wanted, String unit) {
        return switch (wanted.metric()) {
            case "glucose" -> Metric.of(glucose(point, unit));
            case "steps" -> Metric.of(point.frame.wholeDay() ? "steps-day" : "steps");
            case "total-energy" -> Metric.of(point.frame.wholeDay() ? "total-energy-day" : "total-energy");
            case "distance" -> Metric.of(distance(point));
            default -> Metric.of(wanted.metric());
        };
    }

    private static String glucose(Point point, String unit) {
        String specimen = point.body.path("specimen_source").asText("");
        String base = specimen.equals("interstitial fluid") ? "glucose-interstitial-" : "glucose-";
        return base + (unit.equals("mmol/L") ? "molar" : "mass");
    }

    private static String distance(Point point) {
        return switch (point.body.path("activity_name").asText("").strip().toLowerCase(Locale.ROOT)) {
            case "walking", "running" -> "distance-walking-running";
            case "cycling" -> "distance-cycling";
            case "swimming" -> "distance-swimming";
            default -> "distance";
        };
    }

    /** Elements that nothing reads are named in the report, once per file. */
    private void reportTheRest(Point point) {
        Iterator<String> names = point.body.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            boolean measured = point.schema.values().stream()
                    .anyMatch(value -> value.element().equals(name));
            JsonNode value = point.body.path(name);
            boolean empty =
                    value.isNull() || value.isTextual() && value.textValue().isBlank();
            boolean ofSleep = SleepEpisodeBody.of(point.schema) && SleepEpisodeBody.knows(name);
            if (!measured
                    && !ofSleep
                    && !empty
                    && !USED.contains(name)
                    && !(NOTES.contains(name) && value.isTextual())) {
                file.keptAside(name);
            }
        }
    }

    /** Elements that become notes, {@code name: value}. */
    static Set<String> notes() {
        return NOTES;
    }
}
