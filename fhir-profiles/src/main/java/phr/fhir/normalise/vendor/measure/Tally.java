package phr.fhir.normalise.vendor.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.lifelog.LifelogFile;

/** What stays in the original without a fault: one finding per reason and type, with its count and its first place. */
public final class Tally {

    /** Why something is not mapped. */
    public enum Reason {
        UNKNOWN_TYPE("not-supported", "VND-1", "a type that is not mapped: kept in the original"),
        COLUMN("informational", "VND-9", "a column that is not mapped: kept in the original"),
        GOAL("informational", "VND-10", "a goal of the person, no measurement: dropped"),
        LEFT_OUT("informational", "VND-11", "rows of another source than the one to be believed: kept in the original"),
        PROBE("informational", "VND-12", "the file does not tell whether its times are local or UTC: read as UTC"),
        ITEM("not-supported", "VND-17", "an item that no table has: kept in the original"),
        STAGE("code-invalid", "VND-13", "an unknown stage of sleep: kept in the original");

        private final String code;
        private final String rule;
        private final String text;

        Reason(String code, String rule, String text) {
            this.code = code;
            this.rule = rule;
            this.text = text;
        }
    }

    private static final int MOST = 500;
    private static final Pattern NAME = Pattern.compile("(?!.*\\d{3})[A-Za-z][A-Za-z0-9_.:-]{0,99}");

    private record Key(Reason reason, String type) {}

    private static final class Count {
        private final String place;
        private long number;

        Count(String place) {
            this.place = place;
        }
    }

    private final Map<Key, Count> counts = new LinkedHashMap<>();

    /** @param type is named when it looks like a name of a program and holds no number of a record, else only counted */
    public void add(Reason reason, String type, String place) {
        Key key = new Key(reason, NAME.matcher(type).matches() ? type : "?");
        Count count = counts.get(key);
        if (count == null) {
            Key kept = counts.size() < MOST ? key : new Key(reason, "?");
            count = counts.computeIfAbsent(kept, any -> new Count(place));
        }
        count.number++;
    }

    void report(LifelogFile file) {
        counts.forEach((key, count) -> file.issue(Issue.information(
                key.reason.code,
                key.reason.rule,
                key.reason.text + ": " + key.type + " (" + count.number + ")",
                count.place)));
    }
}
