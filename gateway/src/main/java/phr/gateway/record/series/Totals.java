package phr.gateway.record.series;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Sum;

/** Adds up decimals exactly; fast while they have the same number of digits behind the point. */
final class Totals {

    private int scale;
    private int run;
    private long sum;
    private long least;
    private long greatest;
    private @Nullable Sum before;

    void add(long unscaled, int decimals) {
        if (run > 0 && (decimals != scale || overflows(unscaled))) {
            before = total();
            run = 0;
        }
        if (run == 0) {
            scale = decimals;
            sum = unscaled;
            least = unscaled;
            greatest = unscaled;
        } else {
            sum += unscaled;
            least = Math.min(least, unscaled);
            greatest = Math.max(greatest, unscaled);
        }
        run++;
    }

    /** Totals of others. */
    void add(Sum more) {
        Sum so = run > 0 ? total() : before;
        before = so == null ? more : plus(so, more);
        run = 0;
    }

    private static Sum plus(Sum one, Sum other) {
        return new Sum(
                one.sum().add(other.sum()),
                one.least().min(other.least()),
                one.greatest().max(other.greatest()));
    }

    private boolean overflows(long unscaled) {
        long next = sum + unscaled;
        return ((sum ^ next) & (unscaled ^ next)) < 0;
    }

    /** Of what was added, at least one. */
    Sum total() {
        if (run == 0 && before != null) {
            return before;
        }
        Sum last = new Sum(
                BigDecimal.valueOf(sum, scale), BigDecimal.valueOf(least, scale), BigDecimal.valueOf(greatest, scale));
        return before == null ? last : plus(before, last);
    }
}
