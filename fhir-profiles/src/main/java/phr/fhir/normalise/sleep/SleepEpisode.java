package phr.fhir.normalise.sleep;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * One sleep as one source observed it. Durations are in seconds.
 *
 * @param start of the first stage, in bed or asleep
 * @param end of the last
 * @param seconds per stage, the finer one where several overlap; stages without time are absent
 * @param latency from the start to falling asleep
 * @param awake between falling asleep and the last waking up
 * @param awakenings how many times
 * @param main the longest of those that end on the same day
 */
public record SleepEpisode(
        SleepSource source,
        OffsetDateTime start,
        OffsetDateTime end,
        Map<SleepStage, Long> seconds,
        long latency,
        long awake,
        int awakenings,
        boolean main) {

    /** A night belongs to the day on which it ends, in its own offset. */
    public LocalDate day() {
        return end.toLocalDate();
    }

    public long asleep() {
        return seconds.entrySet().stream()
                .filter(entry -> entry.getKey().asleep())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    long length() {
        return end.toEpochSecond() - start.toEpochSecond();
    }

    SleepEpisode mainIs(boolean longest) {
        return new SleepEpisode(source, start, end, seconds, latency, awake, awakenings, longest);
    }
}
