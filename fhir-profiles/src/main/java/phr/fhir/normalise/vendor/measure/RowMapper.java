package phr.fhir.normalise.vendor.measure;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.TimeFrame;
import phr.fhir.normalise.sleep.SleepStage;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** The rows of one kind of file to measurements, as its table says. */
public final class RowMapper implements Rows {

    private static final int LONGEST_TEXT = 2000;

    private final Kind kind;
    private final Measurements out;
    private final RowTimes times;

    /** @param utc times that say no offset are UTC */
    public RowMapper(Kind kind, Measurements out, boolean utc) {
        this.kind = kind;
        this.out = out;
        this.times = new RowTimes(kind, utc);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void map(Fields row) {
        out.file().read();
        if (!Wanted.row(kind, row, out.tally())) {
            return;
        }
        boolean any = false;
        boolean filled = false;
        for (String group : kind.groups()) {
            if (filled(row, group)) {
                filled = true;
                any |= group(row, group);
            }
        }
        if (any) {
            out.file().mapped();
        } else if (!filled) {
            warn("required", "VND-7", "no value in the row", row);
        }
    }

    private boolean filled(Fields row, String group) {
        return kind.columns().stream()
                .filter(column ->
                        column.role() == Role.VALUE || column.role() == Role.STAGE || column.role() == Role.WORKOUT)
                .filter(column -> column.group().equals(group))
                .anyMatch(column -> !Numbers.absent(row.text(column)));
    }

    private boolean group(Fields row, String group) {
        TimeFrame frame;
        try {
            frame = times.of(row, group);
        } catch (DateTimeException e) {
            issue(Issue.error("value", "VND-4", "no time, or an impossible one: kept in the original", row.place()));
            return false;
        }
        if (frame.reversed()) {
            warn("value", "VND-5", "the interval ends before it begins: kept in the original", row);
            return false;
        }
        List<Column> stages = kind.columns(Role.STAGE, group);
        if (!stages.isEmpty()) {
            return stage(row, group, frame, stages.get(0));
        }
        List<Value> values = values(row, group, frame);
        Column workout = kind.column(Role.WORKOUT, group);
        if (workout != null) {
            String code = row.text(workout);
            out.workout(
                    measurement(row, group, frame, values),
                    workout.details().getOrDefault(code == null ? "" : code.strip(), "otherWorkout"));
            return true;
        }
        if (values.isEmpty()) {
            return false;
        }
        out.add(measurement(row, group, frame, values));
        return true;
    }

    private boolean stage(Fields row, String group, TimeFrame frame, Column column) {
        String written = Objects.requireNonNull(row.text(column)).strip();
        String code = column.details().get(written);
        SleepStage stage = Arrays.stream(SleepStage.values())
                .filter(any -> any.code().equals(code))
                .findFirst()
                .orElse(null);
        if (stage == null) {
            out.tally().add(Tally.Reason.STAGE, kind.type(), row.place());
            return false;
        }
        out.stage(measurement(row, group, frame, List.of()), stage);
        return true;
    }

    private Measurement measurement(Fields row, String group, TimeFrame frame, List<Value> values) {
        Column manual = kind.column(Role.MANUAL, group);
        String typed = manual == null ? null : row.text(manual);
        Source source = new Source(
                kind.vendor(),
                kind.type(),
                text(row, Role.APP, group),
                text(row, Role.DEVICE, group),
                manual != null && typed != null && manual.details().containsKey(typed.strip()));
        String id = text(row, Role.ID, group);
        String name = id.isEmpty() || group.isEmpty() ? id : id + "#" + group;
        return new Measurement(
                source, name, row.place(), frame, values, text(row, Role.NOTE, group), kind.setting(Role.SUMMARY));
    }

    private List<Value> values(Fields row, String group, TimeFrame frame) {
        List<Value> values = new ArrayList<>();
        for (Column column : kind.columns(Role.VALUE, group)) {
            String text = row.text(column);
            Value value = Numbers.absent(text) ? null : value(row, group, column, Objects.requireNonNull(text), frame);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private @Nullable Value value(Fields row, String group, Column column, String text, TimeFrame frame) {
        BigDecimal number = Numbers.parse(text);
        if (number == null) {
            warn("value", "VND-7", "the measured value is no number: kept in the original", row);
            return null;
        }
        Column unitColumn = kind.column(Role.UNIT, group);
        String written = unitColumn == null ? null : row.text(unitColumn);
        String unit = column.unit().isEmpty() && written != null ? written.strip() : column.unit();
        Metric metric = column.metric().equals("glucose") ? Metric.glucose(unit) : Metric.of(column.metric());
        BigDecimal scaled = Numbers.times(number, column.multiply());
        return checked(row, Measurements.daily(metric, frame), scaled, unit);
    }

    private @Nullable Value checked(Fields row, Metric metric, BigDecimal number, String unit) {
        String fault = Value.fault(metric, number, unit);
        if (fault != null) {
            warn("value", Value.rule(fault), fault, row);
            return null;
        }
        return Value.of(metric, number, unit);
    }

    private String text(Fields row, Role role, String group) {
        Column column = kind.column(role, group);
        String text = column == null ? null : row.text(column);
        return text == null || text.length() > LONGEST_TEXT || Numbers.absent(text) ? "" : text.strip();
    }

    private void warn(String code, String rule, String text, Fields row) {
        issue(Issue.warning(code, rule, text, row.place()));
    }

    private void issue(Issue issue) {
        out.file().issue(issue);
    }
}
