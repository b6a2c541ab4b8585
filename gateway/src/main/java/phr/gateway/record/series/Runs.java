package phr.gateway.record.series;

import java.util.Arrays;

/** A column whose values seldom change: each value with how often it is repeated. */
final class Runs {

    static final Runs NONE = new Runs(new long[0]);

    /** A single one when all are the same. */
    private final long[] values;

    private Runs(long[] values) {
        this.values = values;
    }

    long at(int index) {
        return values[values.length == 1 ? 0 : index];
    }

    static void write(ByteWriter out, long[] values) {
        int from = 0;
        while (from < values.length) {
            int to = from;
            while (to < values.length && values[to] == values[from]) {
                to++;
            }
            out.unsigned(to - from);
            out.signed(values[from] - (from == 0 ? 0 : values[from - 1]));
            from = to;
        }
    }

    static Runs read(ByteReader in, int size) {
        if (size == 0) {
            return NONE;
        }
        int to = in.count();
        long value = in.signed();
        if (to == size) {
            return new Runs(new long[] {value});
        }
        long[] values = new long[size];
        int at = 0;
        while (true) {
            Arrays.fill(values, at, to, value);
            if (to == size) {
                return new Runs(values);
            }
            at = to;
            to += in.count();
            value += in.signed();
        }
    }

    /** The value at one place alone. */
    Runs only(int index) {
        return values.length < 2 ? this : new Runs(new long[] {values[index]});
    }
}
