package phr.gateway.record.choice;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** How much of a value counts: all of it, nothing, or what falls into the half hours for which its source is chosen. */
public final class Share {

    /** Nobody else has anything for its time. */
    public static final Share ALONE = new Share(Extent.ALL, false, 0, 1, new long[0]);

    static final Share CHOSEN = new Share(Extent.ALL, true, 0, 1, new long[0]);
    static final Share NOTHING = new Share(Extent.NONE, true, 0, 1, new long[0]);

    private enum Extent {
        ALL,
        PART,
        NONE
    }

    private final Extent extent;
    private final boolean contested;
    private final long from;
    private final long length;
    private final long[] chosen;

    private Share(Extent extent, boolean contested, long from, long length, long[] chosen) {
        this.extent = extent;
        this.contested = contested;
        this.from = from;
        this.length = length;
        this.chosen = chosen;
    }

    /** @param chosen begins and ends within the time of the value, in order */
    static Share part(long from, long to, long[] chosen) {
        return new Share(Extent.PART, true, from, to - from, chosen);
    }

    /** Nothing of it counts. */
    public boolean none() {
        return extent == Extent.NONE;
    }

    /** Another source has something for this time too. */
    public boolean contested() {
        return contested;
    }

    /** When what counts begins, microseconds since 1970, of a value that begins at the given time. */
    public long begin(long start) {
        return extent == Extent.PART ? chosen[0] : start;
    }

    /** What counts of the value, spread evenly over its time, in its own digits: the parts of a value add up to it exactly. */
    public BigDecimal of(BigDecimal value) {
        if (extent != Extent.PART) {
            return extent == Extent.ALL ? value : BigDecimal.ZERO;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < chosen.length; i += 2) {
            sum = sum.add(until(value, chosen[i + 1])).subtract(until(value, chosen[i]));
        }
        return sum;
    }

    private BigDecimal until(BigDecimal value, long end) {
        int scale = Math.max(0, value.scale());
        BigDecimal part = value.multiply(new BigDecimal(BigInteger.valueOf(end - from)));
        return part.divide(BigDecimal.valueOf(length), scale, RoundingMode.FLOOR);
    }
}
