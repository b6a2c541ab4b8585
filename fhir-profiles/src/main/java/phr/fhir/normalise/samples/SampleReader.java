package phr.fhir.normalise.samples;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.TimeFrame;
import phr.fhir.normalise.lifelog.WrittenTime;
import phr.fhir.normalise.sleep.SleepStage;
import phr.fhir.normalise.vendor.measure.Dates;
import phr.fhir.normalise.vendor.measure.Measurement;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.Source;
import phr.fhir.normalise.vendor.measure.Tally;
import phr.fhir.normalise.vendor.measure.Value;
import phr.fhir.text.MyNumber;

/** Takes the samples of a batch one by one; two halves of a blood pressure with one parent become one panel. */
final class SampleReader implements Pieces.Reader {

    private static final int LONGEST_NAME = 200;

    private final String namespace;
    private final Measurements out;
    private @Nullable Measurement half;
    private String parent = "";

    /** @param namespace of the ids, the sending application's own */
    SampleReader(String namespace, Measurements out) {
        this.namespace = namespace;
        this.out = out;
    }

    /** The last sample has been read. */
    void finish() {
        if (half != null) {
            out.add(half);
            half = null;
        }
    }

    @Override
    public void fault(Issue issue) {
        out.file().read();
        out.file().issue(issue);
    }

    @Override
    public void piece(String place, JsonNode sample) {
        out.file().read();
        if (!sample.isObject()) {
            refuse("structure", "SMP-1", "a sample is a JSON object", place);
            return;
        }
        if (myNumberIn(sample)) {
            out.file().refuseOriginal(place);
            return;
        }
        String type = text(sample, "type");
        Optional<SampleType> known = SampleType.of(type);
        if (type.isEmpty()) {
            refuse("required", "SMP-2", "the type is missing", place + ".type");
        } else if (known.isEmpty()) {
            out.tally()
                    .add(SampleType.goal(type) ? Tally.Reason.GOAL : Tally.Reason.UNKNOWN_TYPE, type, place + ".type");
        } else if (text(sample, "id").isEmpty() || text(sample, "id").length() > LONGEST_NAME) {
            refuse("required", "SMP-3", "the id is missing or longer than 200 characters", place + ".id");
        } else {
            timed(place, sample, type, known.get());
        }
    }

    private void timed(String place, JsonNode sample, String type, SampleType known) {
        TimeFrame frame;
        try {
            ZoneOffset offset = offset(sample.path("zoneOffset"));
            WrittenTime start = time(sample.path("start"), offset);
            JsonNode end = sample.path("end");
            boolean moment = end.isMissingNode() || end.isNull() || end.asText().isEmpty();
            frame = new TimeFrame(start, moment ? null : time(end, offset), null);
        } catch (DateTimeException e) {
            refuse("value", "SMP-4", "no time, or an impossible one", place + ".start");
            return;
        }
        if (frame.reversed()) {
            refuse("value", "SMP-5", "the interval ends before it begins", place + ".end");
            return;
        }
        Measurement empty = new Measurement(source(sample, type), text(sample, "id"), place, frame, List.of(), "", "");
        if (known.key().equals("sleep-analysis")) {
            stage(empty, sample);
        } else if (known.key().equals("workout")) {
            out.workout(empty, kind(sample));
            out.file().mapped();
        } else {
            measured(empty, known, sample);
        }
    }

    private void stage(Measurement empty, JsonNode sample) {
        String code = text(sample, "value");
        Optional<SleepStage> stage = Arrays.stream(SleepStage.values())
                .filter(any -> any.code().equals(code))
                .findFirst();
        if (stage.isEmpty()) {
            out.tally().add(Tally.Reason.STAGE, empty.source().type(), empty.place());
            return;
        }
        out.stage(empty, stage.get());
        out.file().mapped();
    }

    private static String kind(JsonNode sample) {
        String kind = text(sample, "value");
        return kind.matches("[a-z][A-Za-z]{2,40}") ? kind : "otherWorkout";
    }

    private void measured(Measurement empty, SampleType known, JsonNode sample) {
        List<Value> values = new ArrayList<>();
        JsonNode value = sample.path("value");
        String unit = text(sample, "unit");
        if (known.key().equals("blood-pressure")) {
            add(values, new SampleType("systolic", "", BigDecimal.ONE), value.path("systolic"), unit, empty);
            add(values, new SampleType("diastolic", "", BigDecimal.ONE), value.path("diastolic"), unit, empty);
            if (value.hasNonNull("pulse")) {
                add(values, new SampleType("heart-rate", "/min", BigDecimal.ONE), value.path("pulse"), unit, empty);
            }
        } else {
            add(values, known, value, unit, empty);
        }
        if (!values.isEmpty()) {
            out.file().mapped();
            emit(with(empty, empty.id(), values), text(sample, "parentId"));
        }
    }

    private void add(List<Value> values, SampleType type, JsonNode node, String unit, Measurement of) {
        String place = of.place() + ".value";
        if (!node.isNumber()) {
            refuse("value", "SMP-6", "the value is no number", place);
            return;
        }
        Metric metric = Measurements.daily(type.metric(unit), of.frame());
        if (metric.unit().isEmpty()) {
            refuse("not-supported", "SMP-6", "a value of this type is not mapped: kept in the original", place);
            return;
        }
        BigDecimal number = node.decimalValue().multiply(type.multiply());
        BigDecimal written = number.scale() < 0 ? number.setScale(0) : number;
        String fault = Value.fault(metric, written, type.unit(unit));
        if (fault != null) {
            refuse("value", Value.rule(fault), fault, place);
        } else {
            values.add(Value.of(metric, written, type.unit(unit)));
        }
    }

    /** Waits with one half of a blood pressure for the other. */
    private void emit(Measurement measurement, String of) {
        Measurement waiting = half;
        half = null;
        boolean pressure = measurement.values().size() == 1
                && List.of("systolic", "diastolic")
                        .contains(measurement.values().get(0).metric().key());
        if (waiting != null
                && pressure
                && parent.equals(of)
                && waiting.frame().equals(measurement.frame())
                && !waiting.values()
                        .get(0)
                        .metric()
                        .equals(measurement.values().get(0).metric())) {
            List<Value> both =
                    List.of(waiting.values().get(0), measurement.values().get(0));
            out.add(with(waiting, of, both));
            return;
        }
        if (waiting != null) {
            out.add(waiting);
        }
        if (pressure && !of.isEmpty() && of.length() <= LONGEST_NAME) {
            half = measurement;
            parent = of;
        } else {
            out.add(measurement);
        }
    }

    private static Measurement with(Measurement measurement, String id, List<Value> values) {
        return new Measurement(
                measurement.source(), id, measurement.place(), measurement.frame(), values, "", measurement.summary());
    }

    private Source source(JsonNode sample, String type) {
        JsonNode source = sample.path("source");
        String method = source.path("recordingMethod").asText("").toLowerCase(Locale.ROOT);
        return new Source(
                namespace,
                type,
                text(source, "app"),
                text(source, "device"),
                method.equals("3") || method.equals("manual") || method.equals("manual_entry"));
    }

    private static @Nullable ZoneOffset offset(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.asText().isEmpty()
                ? null
                : Dates.offset(node.asText(), "");
    }

    private static WrittenTime time(JsonNode node, @Nullable ZoneOffset offset) {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw new DateTimeException("no time");
            }
            Instant instant = Instant.ofEpochMilli(node.longValue());
            return WrittenTime.parse(
                    instant.atOffset(offset == null ? ZoneOffset.UTC : offset).toString());
        }
        WrittenTime time = WrittenTime.parse(node.isTextual() ? node.textValue() : "");
        if (time.time() == null) {
            throw new DateTimeException("a date is no time");
        }
        return offset != null && time.assumedZone() ? WrittenTime.parse(withOffset(node.textValue(), offset)) : time;
    }

    private static String withOffset(String written, ZoneOffset offset) {
        return written.strip() + offset.getId();
    }

    private void refuse(String code, String rule, String text, String place) {
        out.file().issue(Issue.error(code, rule, text, place));
    }

    /** Empty text is the same as no text. */
    private static String text(JsonNode owner, String name) {
        JsonNode value = owner.path(name);
        return value.isTextual() || value.isIntegralNumber() ? value.asText().strip() : "";
    }

    private static boolean myNumberIn(JsonNode node) {
        if (node.isTextual() || node.isIntegralNumber()) {
            return MyNumber.in(node.asText());
        }
        for (JsonNode child : node) {
            if (myNumberIn(child)) {
                return true;
            }
        }
        return false;
    }
}
