package phr.gateway.record.series;

import com.github.luben.zstd.Zstd;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.gateway.record.Sum;

/**
 * Samples of one series as columns, in the order of {@link Row#ORDER}: times and values as differences, forms and scales as runs,
 * keys by kind; the whole compressed. Never changes; keys are read when they are asked for.
 */
public final class Chunk {

    private static final int LAYOUT = 1;
    private static final int LEVEL = 3;
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Shape shape;
    private final int size;
    private final long[] starts;
    private final Runs startForms;
    private final long[] ends;
    private final Runs endForms;
    private final long[] issued;
    private final Runs issuedForms;
    private final long[][] values;
    private final Runs[] scales;
    private final Runs updated;
    private final @Nullable ByteReader rest;
    private volatile @Nullable IntFunction<String> keys;

    private Chunk(Shape shape, ByteReader in, int size) {
        this.shape = shape;
        this.size = size;
        starts = Steps.read(in, size);
        startForms = Runs.read(in, size);
        boolean period = shape.holes().contains(Hole.END);
        ends = period ? Steps.read(in, size) : new long[0];
        endForms = period ? Runs.read(in, size) : Runs.NONE;
        boolean issue = shape.holes().contains(Hole.ISSUED);
        issued = issue ? Steps.read(in, size) : new long[0];
        issuedForms = issue ? Runs.read(in, size) : Runs.NONE;
        int numbers = numbers(shape);
        values = new long[numbers][];
        scales = new Runs[numbers];
        for (int i = 0; i < numbers; i++) {
            values[i] = Steps.read(in, size);
            scales[i] = Runs.read(in, size);
        }
        updated = Runs.read(in, size);
        rest = in;
    }

    /** The row at a place alone. */
    private Chunk(Chunk of, int index) {
        String key = of.key(index);
        shape = of.shape;
        size = 1;
        starts = only(of.starts, index);
        startForms = of.startForms.only(index);
        ends = only(of.ends, index);
        endForms = of.endForms.only(index);
        issued = only(of.issued, index);
        issuedForms = of.issuedForms.only(index);
        values = new long[of.values.length][];
        scales = new Runs[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = only(of.values[i], index);
            scales[i] = of.scales[i].only(index);
        }
        updated = of.updated.only(index);
        rest = null;
        keys = place -> key;
    }

    private static long[] only(long[] column, int index) {
        return column.length == 0 ? column : new long[] {column[index]};
    }

    private static int numbers(Shape shape) {
        return (int) shape.holes().stream().filter(hole -> hole == Hole.NUMBER).count();
    }

    /** @param rows of one shape, in order */
    public static byte[] encode(Shape shape, List<Row> rows) {
        ByteWriter out = new ByteWriter();
        out.bits8(LAYOUT);
        out.unsigned(rows.size());
        Steps.write(out, column(rows, row -> row.sample().start().micros()));
        Runs.write(out, column(rows, row -> row.sample().start().form()));
        // Ends and issues lie close to the starts, so their distance is what is kept.
        if (shape.holes().contains(Hole.END)) {
            moments(out, rows, Sample::end);
        }
        if (shape.holes().contains(Hole.ISSUED)) {
            moments(out, rows, Sample::issued);
        }
        for (int i = 0; i < numbers(shape); i++) {
            int number = i;
            Steps.write(
                    out, column(rows, row -> row.sample().numbers().get(number).unscaled()));
            Runs.write(
                    out, column(rows, row -> row.sample().numbers().get(number).scale()));
        }
        Runs.write(out, column(rows, Row::updated));
        Keys.write(out, rows.stream().map(row -> row.sample().key()).toArray(String[]::new));
        byte[] plain = out.toBytes();
        ByteWriter packed = new ByteWriter();
        packed.unsigned(plain.length);
        packed.raw(Zstd.compress(plain, LEVEL));
        return packed.toBytes();
    }

    private static void moments(ByteWriter out, List<Row> rows, Function<Sample, @Nullable Moment> of) {
        Steps.write(
                out,
                column(
                        rows,
                        row -> present(of.apply(row.sample())).micros()
                                - row.sample().start().micros()));
        Runs.write(out, column(rows, row -> present(of.apply(row.sample())).form()));
    }

    private static Moment present(@Nullable Moment moment) {
        if (moment == null) {
            throw new IllegalArgumentException("a hole without its moment");
        }
        return moment;
    }

    private static long[] column(List<Row> rows, ToLongFunction<Row> value) {
        return rows.stream().mapToLong(value).toArray();
    }

    /** The sums of the days of the rows, packed. */
    public static byte[] encodeDays(Shape shape, List<Row> rows) {
        int numbers = numbers(shape);
        Days days = new Days(numbers);
        long[] unscaled = new long[numbers];
        int[] digits = new int[numbers];
        for (Row row : rows) {
            Sample sample = row.sample();
            for (int i = 0; i < numbers; i++) {
                unscaled[i] = sample.numbers().get(i).unscaled();
                digits[i] = sample.numbers().get(i).scale();
            }
            days.add(sample.from(), sample.to(), unscaled, digits);
        }
        return Days.encode(days.sums());
    }

    /** @param shape of the rows that were encoded */
    public static List<DaySums> decodeDays(Shape shape, byte[] bytes) {
        return Days.decode(bytes, numbers(shape));
    }

    /** The sums of its days, packed. */
    public byte[] encodeDays() {
        Days days = days(shape);
        for (int i = 0; i < size; i++) {
            addTo(days, i);
        }
        return Days.encode(days.sums());
    }

    /** To add up samples of the chunk with {@link #addTo}. */
    public static Days days(Shape shape) {
        return new Days(numbers(shape));
    }

    /** @param shape with which it was encoded */
    public static Chunk decode(Shape shape, byte[] bytes) {
        ByteReader frame = new ByteReader(bytes);
        int length = frame.count();
        if (length > LARGEST) {
            throw new IllegalStateException("a chunk larger than any that is written");
        }
        byte[] plain = Zstd.decompress(frame.rest(), length);
        ByteReader in = new ByteReader(plain);
        if (in.bits8() != LAYOUT) {
            throw new IllegalStateException("a chunk has a layout this version does not know");
        }
        return new Chunk(shape, in, in.count());
    }

    public int size() {
        return size;
    }

    /** One row of it, to be kept when the others are not. */
    public Chunk only(int index) {
        return new Chunk(this, index);
    }

    /** The first place whose data time starts at the time or later; {@link #size} when none does. */
    public int atOrAfter(long from) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (starts[middle] < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Start of the data time, microseconds since 1970. */
    public long from(int index) {
        return starts[index];
    }

    /** End of the data time, exclusive. */
    public long to(int index) {
        return ends.length == 0
                ? new Moment(starts[index], (int) startForms.at(index)).end()
                : new Moment(starts[index] + ends[index], (int) endForms.at(index)).end();
    }

    /** When the sample was stored, milliseconds since 1970. */
    public long updated(int index) {
        return updated.at(index);
    }

    public String key(int index) {
        IntFunction<String> known = keys;
        return (known == null ? readKeys() : known).apply(index);
    }

    private synchronized IntFunction<String> readKeys() {
        IntFunction<String> known = keys;
        if (known == null) {
            known = Keys.read(Objects.requireNonNull(rest), size);
            keys = known;
        }
        return known;
    }

    /** The number of a sample at a place, in the order of the JSON. */
    public Decimal number(int column, int index) {
        return new Decimal(values[column][index], (int) scales[column].at(index));
    }

    /** Adds one sample. */
    public void addTo(Days days, int index) {
        long[] unscaled = new long[values.length];
        int[] digits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            unscaled[i] = values[i][index];
            digits[i] = (int) scales[i].at(index);
        }
        days.add(starts[index], to(index), unscaled, digits);
    }

    /** The sums of one sample. */
    public DaySums sums(int index) {
        List<Sum> sums = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            BigDecimal value = BigDecimal.valueOf(values[i][index], (int) scales[i].at(index));
            sums.add(new Sum(value, value, value));
        }
        return new DaySums(Span.of(starts[index], to(index)), 1, sums);
    }

    public Sample sample(int index, UUID id) {
        List<Decimal> numbers = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            numbers.add(number(i, index));
        }
        return new Sample(
                shape,
                id,
                key(index),
                new Moment(starts[index], (int) startForms.at(index)),
                moment(ends, endForms, index),
                moment(issued, issuedForms, index),
                numbers);
    }

    private @Nullable Moment moment(long[] distances, Runs forms, int index) {
        return distances.length == 0 ? null : new Moment(starts[index] + distances[index], (int) forms.at(index));
    }

    /** All rows in order. */
    public List<Row> rows(SampleIds ids) {
        List<Row> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rows.add(new Row(sample(i, ids.of(key(i))), updated(i)));
        }
        return rows;
    }
}
