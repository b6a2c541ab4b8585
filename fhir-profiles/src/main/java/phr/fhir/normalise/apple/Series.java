package phr.fhir.normalise.apple;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.lifelog.SourceTable;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;

/** Records that differ in time and value only: same type, source, version, device and unit. Not thread-safe. */
final class Series {

    final String type;
    final String unit;
    final AppleDevice device;
    final SourceTable.@Nullable Row row;
    final @Nullable Metric metric;
    final Set<PhrCategory> categories;
    /** Steps, which several sources count at once. */
    final boolean counting;

    final int rank;
    /** Records that were seen while the type is not mapped. */
    long unmapped;
    /** Line of the first of them. */
    long firstUnmapped;

    /** Whether the catalogue keeps it to the end of the file. */
    boolean remembered;

    final Repeats repeats = new Repeats(this);

    private @Nullable Keys keys;
    private final byte[][] head;
    private final boolean asWritten;
    private final @Nullable Learnt[] learnt = new @Nullable Learnt[4];

    Series(byte[][] head, String type, String unit, AppleDevice device, SourceTable.@Nullable Row row) {
        this.head = head;
        this.type = type;
        this.unit = unit;
        this.device = device;
        this.row = row;
        this.metric = row == null || row.goal() ? null : row.metric(unit);
        this.categories = metric == null ? Set.of() : Set.of(metric.category());
        this.counting = metric != null && metric.key().equals("steps");
        this.rank = device.rank();
        this.asWritten = metric != null && row != null && row.asWritten(unit);
    }

    /** Whether the attributes are those of this series. */
    boolean is(byte[] text, int[] from, int[] to) {
        for (int i = head.length - 1; i >= 0; i--) {
            if (!Arrays.equals(text, from[i], to[i], head[i], 0, head[i].length)) {
                return false;
            }
        }
        return true;
    }

    boolean dense() {
        return metric != null && metric.dense();
    }

    Metric metric() {
        return Objects.requireNonNull(metric);
    }

    SourceTable.Row row() {
        return Objects.requireNonNull(row);
    }

    /** The sample of a record, when one like it has been learnt; null when it has to go the long way. */
    @Nullable
    Sample sample(Moment start, Moment end, boolean manual, byte[] text, int from, int to) {
        Learnt known = learnt[which(start, end, manual)];
        if (known == null) {
            return null;
        }
        Decimal value = number(text, from, to);
        return value == null ? null : known.sample(keys(), start, end, value, text, from, to);
    }

    /** A number in the unit of the metric; null when the long way has to see it. */
    @Nullable
    Decimal number(byte[] text, int from, int to) {
        return asWritten ? Numbers.plain(text, from, to) : Numbers.converted(row(), unit, text, from, to);
    }

    Keys keys() {
        if (keys == null) {
            keys = new Keys(type, device, unit);
        }
        return keys;
    }

    /** Whether no record like this one has been learnt or was found unfit. */
    boolean unknown(Moment start, Moment end, boolean manual) {
        return learnt[which(start, end, manual)] == null;
    }

    void learn(Moment start, Moment end, boolean manual, Learnt how) {
        learnt[which(start, end, manual)] = how;
    }

    private static int which(Moment start, Moment end, boolean manual) {
        return (start.micros() == end.micros() ? 0 : 1) + (manual ? 2 : 0);
    }
}
