package phr.deploy.bench.work;

import java.time.Duration;

/**
 * How long and how much.
 *
 * @param warmUp before each measurement
 * @param round one measurement; the median of the rounds counts
 * @param observations in the record that is read
 * @param perDay samples a day in the ten years that are aggregated
 * @param timings of a hidden and of an absent id each
 */
public record Scale(
        String name, Duration warmUp, Duration round, int rounds, int observations, int perDay, int timings) {

    public static final Scale QUICK =
            new Scale("quick", Duration.ofMillis(2_000), Duration.ofMillis(1_500), 3, 10_000, 4, 1_500);
    public static final Scale FULL =
            new Scale("full", Duration.ofSeconds(10), Duration.ofSeconds(5), 5, 10_000, 24, 10_000);
}
