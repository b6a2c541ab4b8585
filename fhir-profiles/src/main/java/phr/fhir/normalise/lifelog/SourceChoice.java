package phr.fhir.normalise.lifelog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Daily totals of something that several sources count at once: of each half hour the best source is believed, and nothing is
 * added over sources (lifelog.md §4, several sources). A sample belongs to the hours of its own offset.
 */
public final class SourceChoice {

    private static final int BUCKET = 1800;
    private static final int BUCKETS = 48;
    private static final int DAY = BUCKET * BUCKETS;
    /** More than a life has; a hostile file must not fill the memory. */
    private static final int MOST_DAYS = 60_000;
    /** What counts for longer than this says nothing of a half hour. */
    private static final int LONGEST = DAY;

    private final int ranks;
    private final Map<Long, float[]> days = new TreeMap<>();

    /** @param ranks how many ranks of sources there are, 0 the best */
    public SourceChoice(int ranks) {
        this.ranks = ranks;
    }

    /**
     * @param rank of the source
     * @param from local seconds since 1970
     * @param to local seconds since 1970
     */
    public void add(int rank, long from, long to, double value) {
        if (to - from > LONGEST || value <= 0) {
            return;
        }
        long at = from;
        do {
            long bucket = Math.floorDiv(at, (long) BUCKET);
            long next = Math.min(to, (bucket + 1) * BUCKET);
            double share = to == from ? 1 : (double) (next - at) / (to - from);
            long day = Math.floorDiv(bucket, (long) BUCKETS);
            if (days.size() < MOST_DAYS || days.containsKey(day)) {
                float[] sums = days.computeIfAbsent(day, any -> new float[ranks * BUCKETS]);
                sums[rank * BUCKETS + (int) Math.floorMod(bucket, (long) BUCKETS)] += (float) (value * share);
            }
            at = next;
        } while (at < to);
    }

    /** The totals in the order of time, whole numbers. */
    public void totals(BiConsumer<LocalDate, BigDecimal> taker) {
        days.forEach((day, sums) -> {
            double total = 0;
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                total += chosen(sums, bucket);
            }
            taker.accept(LocalDate.ofEpochDay(day), BigDecimal.valueOf(total).setScale(0, RoundingMode.HALF_UP));
        });
    }

    private double chosen(float[] sums, int bucket) {
        for (int rank = 0; rank < ranks; rank++) {
            if (sums[rank * BUCKETS + bucket] > 0) {
                return sums[rank * BUCKETS + bucket];
            }
        }
        return 0;
    }
}
