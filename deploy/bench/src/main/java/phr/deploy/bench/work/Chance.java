package phr.deploy.bench.work;

import java.util.Arrays;
import java.util.Locale;

/**
 * Whether two samples can be told apart: the test of Mann and Whitney.
 *
 * @param value chance that one drawn from the first is greater than one drawn from the second; one half = no difference
 * @param p probability of a value as far from one half when there is no difference (normal approximation)
 */
record Chance(double value, double p) {

    /** Both samples ascending. */
    static Chance of(long[] first, long[] second) {
        double wins = 0;
        for (long one : first) {
            wins += below(second, one);
        }
        double n = first.length;
        double m = second.length;
        double deviation = Math.sqrt(n * m * (n + m + 1) / 12);
        double z = (wins - n * m / 2) / deviation;
        return new Chance(wins / (n * m), 2 * tail(Math.abs(z)));
    }

    /** How many are below, ties counted half. */
    private static double below(long[] ascending, long value) {
        int from = lower(ascending, value);
        int to = lower(ascending, value + 1);
        return from + (to - from) / 2.0;
    }

    private static int lower(long[] ascending, long value) {
        int at = Arrays.binarySearch(ascending, value);
        if (at < 0) {
            return -at - 1;
        }
        int first = at;
        while (first > 0 && ascending[first - 1] == value) {
            first--;
        }
        return first;
    }

    /** Upper tail of the standard normal distribution (Abramowitz and Stegun 26.2.17). */
    private static double tail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f, p = %.2g", value, p);
    }
}
