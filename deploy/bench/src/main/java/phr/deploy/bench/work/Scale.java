package phr.deploy.bench.work;

import java.time.Duration;
import java.util.List;

/**
 * How long and how much.
 *
 * @param warmUp before each measurement
 * @param round one measurement; the median of the rounds counts
 * @param observations in the record that is read
 * @param large observations in a large record; 0 for none
 * @param perDay samples a day in the ten years that are aggregated
 * @param growth samples in the store, of everybody together, at which speeds are compared
 */
public record Scale(
        String name,
        Duration warmUp,
        Duration round,
        int rounds,
        int observations,
        int large,
        int perDay,
        List<Integer> growth) {

    public static final Scale QUICK =
            new Scale("quick", Duration.ofMillis(2_000), Duration.ofMillis(1_500), 3, 10_000, 0, 4, List.of());
    public static final Scale FULL = new Scale(
            "full",
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            3,
            10_000,
            1_000_000,
            24,
            List.of(1_000_000, 10_000_000, 100_000_000));

    /** All rounds together, for what does not come in rounds. */
    Duration together() {
        return round.multipliedBy(rounds);
    }

    /** The same with other sizes of the store. */
    public Scale growing(List<Integer> sizes) {
        return new Scale(name, warmUp, round, rounds, observations, large, perDay, sizes);
    }
}
