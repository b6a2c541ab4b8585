package phr.deploy.bench.http;

import java.util.Arrays;

/**
 * What a crowd did in one round.
 *
 * @param calls that succeeded
 * @param failures other answers
 * @param seconds from the first call to the last answer
 * @param nanos of each call that succeeded, ascending
 */
public record Round(long calls, long failures, double seconds, long[] nanos) {

    public double perSecond(int unitsPerCall) {
        return calls * (double) unitsPerCall / seconds;
    }

    public double medianMillis() {
        return quantileMillis(0.5);
    }

    public double quantileMillis(double share) {
        return nanos.length == 0 ? Double.NaN : nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e6;
    }

    /** Calls of a single client, in whatever order. */
    public static Round of(long[] nanos) {
        return of(0, Arrays.stream(nanos).sum() / 1e9, nanos);
    }

    static Round of(long failures, double seconds, long[] nanos) {
        Arrays.sort(nanos);
        return new Round(nanos.length, failures, seconds, nanos);
    }
}
