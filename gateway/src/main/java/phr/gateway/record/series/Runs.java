package phr.gateway.record.series;

/** A column whose values seldom change: each value with how often it is repeated. */
final class Runs {

    private Runs() {}

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

    static long[] read(ByteReader in, int size) {
        long[] values = new long[size];
        int at = 0;
        long value = 0;
        while (at < size) {
            int to = at + in.count();
            value += in.signed();
            while (at < to) {
                values[at++] = value;
            }
        }
        return values;
    }
}
