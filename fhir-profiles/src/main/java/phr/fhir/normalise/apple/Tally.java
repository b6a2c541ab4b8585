package phr.fhir.normalise.apple;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.lifelog.LifelogFile;

/** What was not mapped, by reason and type: one finding each with its count and its first place, however many records. */
final class Tally {

    /** Why something stays in the original only. */
    enum Reason {
        UNKNOWN_TYPE(false, "not-supported", "APL-1", "a type that is not mapped: kept in the original"),
        INCOMPLETE(true, "required", "APL-2", "type, source, start or end is missing: kept in the original"),
        TIME(true, "value", "APL-3", "an impossible time, or an end before the start: kept in the original"),
        VALUE(true, "value", "APL-4", "the value is missing or no number: kept in the original"),
        UNIT(true, "value", "APL-5", "an unknown unit or a number too large: kept in the original"),
        NEGATIVE(true, "value", "APL-6", "a negative value: kept in the original"),
        STAGE(true, "code-invalid", "APL-7", "an unknown stage of sleep: kept in the original"),
        GOAL(false, "informational", "APL-8", "a goal of the person, no measurement: dropped"),
        TWIN(false, "duplicate", "APL-9", "a part of a group that also stands alone: taken once"),
        KEPT(false, "informational", "APL-10", "kept in the original only"),
        UNCONFIRMED(
                false,
                "informational",
                "APL-11",
                "a clinical document: kept in the original until the person confirms it"),
        PERSONAL(
                false,
                "informational",
                "APL-12",
                "what the person said about herself is not taken over without asking"),
        TEXT(true, "structure", "APL-13", "a text that is no UTF-8 or names an unknown entity: kept in the original"),
        KIND(false, "not-supported", "APL-14", "an unknown kind of workout: mapped as another workout");

        private final boolean warning;
        private final String code;
        private final String rule;
        private final String text;

        Reason(boolean warning, String code, String rule, String text) {
            this.warning = warning;
            this.code = code;
            this.rule = rule;
            this.text = text;
        }
    }

    private static final int MOST = 900;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,99}");

    private record Key(Reason reason, String element, String type) {}

    private static final class Count {
        private final long line;
        private long number;

        Count(long line) {
            this.line = line;
        }
    }

    private final Map<Key, Count> counts = new LinkedHashMap<>();

    /**
     * @param element name of the element
     * @param type what its attribute {@code type} says, empty = it has none
     * @param line 0 = the element is a file of the archive
     */
    void add(Reason reason, String element, String type, long line) {
        add(reason, element, type, line, 1);
    }

    void add(Reason reason, String element, String type, long line, long number) {
        String shown = type.isEmpty() || NAME.matcher(type).matches() ? type : "?";
        Key key = new Key(reason, element, shown);
        Count count = counts.get(key);
        if (count == null) {
            count = counts.computeIfAbsent(
                    counts.size() < MOST ? key : new Key(reason, element, "?"), any -> new Count(line));
        }
        count.number += number;
    }

    /** Records of a series that is not mapped: a goal, or of an unknown type. */
    void unmapped(Series series, long line, long number) {
        boolean goal = series.row != null && series.row.goal();
        add(goal ? Reason.GOAL : Reason.UNKNOWN_TYPE, "Record", series.type, line, number);
    }

    void report(LifelogFile file) {
        counts.forEach((key, count) -> {
            String text = key.reason.text + " (" + count.number + ")";
            String[] places = places(key, count);
            file.issue(
                    key.reason.warning
                            ? Issue.warning(key.reason.code, key.reason.rule, text, places)
                            : Issue.information(key.reason.code, key.reason.rule, text, places));
        });
    }

    /** What has no line is a file of the archive. */
    private static String[] places(Key key, Count count) {
        if (count.line == 0) {
            return new String[] {key.element};
        }
        String type = key.type.isEmpty() ? "" : "[@type='" + key.type + "']";
        return new String[] {"/HealthData/" + key.element + type, "line " + count.line};
    }
}
