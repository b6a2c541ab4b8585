package phr.gateway.record.series;

/** A column of numbers that follow each other closely: the first, then the differences in their greatest common unit. */
final class Steps {

    private Steps() {}

    static void write(ByteWriter out, long[] values) {
        long unit = 0;
        for (int i = 1; i < values.length; i++) {
            unit = divisor(unit, values[i] - values[i - 1]);
        }
        out.signed(values.length == 0 ? 0 : values[0]);
        out.unsigned(unit);
        for (int i = 1; unit != 0 && i < values.length; i++) {
            out.signed((values[i] - values[i - 1]) / unit);
        }
    }

    static long[] read(ByteReader in, int size) {
        long[] values = new long[size];
        long value = in.signed();
        long unit = in.unsigned();
        for (int i = 0; i < size; i++) {
            value += i == 0 || unit == 0 ? 0 : in.signed() * unit;
            values[i] = value;
        }
        return values;
    }

    private static long divisor(long one, long other) {
        long a = Math.abs(one);
        long b = Math.abs(other);
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
