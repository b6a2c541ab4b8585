package phr.fhir.normalise.sleep;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gathers the stages of a file and finds the nights in them: the stages of one source with pauses of less than an hour are one
 * sleep; of sleeps of several sources that overlap, one source is believed and nothing is added up (lifelog.md §4, sleep).
 */
public final class SleepNights {

    /** What one pair of ears can sleep in many lives; a hostile file must not fill the memory. */
    private static final int MOST = 2_000_000;

    private static final int MOST_SOURCES = 1000;

    private static final long PAUSE = 3600;
    /** Nobody sleeps longer; such a stage is a fault of the source. */
    private static final long LONGEST = 36 * 3600;

    private final Map<SleepSource, Stages> stages = new HashMap<>();
    private int count;

    /**
     * @param from seconds since 1970
     * @param to seconds since 1970
     * @param offset seconds east of Greenwich where the person slept
     */
    public void add(SleepSource source, SleepStage stage, long from, long to, int offset) {
        boolean known = stages.size() < MOST_SOURCES || stages.containsKey(source);
        if (from < to && to - from <= LONGEST && count < MOST && known) {
            stages.computeIfAbsent(source, any -> new Stages()).add(stage, from, to, offset);
            count++;
        }
    }

    /** In the order of time. */
    public List<SleepEpisode> episodes() {
        List<SleepEpisode> all = new ArrayList<>();
        stages.forEach((source, gathered) -> all.addAll(gathered.episodes(source, PAUSE)));
        all.removeIf(episode -> episode.asleep() == 0);
        all.sort(Comparator.comparing((SleepEpisode episode) -> episode.start().toInstant())
                .thenComparing(episode -> episode.source().name()));
        return marked(believed(all));
    }

    /** Sleeps that overlap are one night seen by several sources. */
    private static List<SleepEpisode> believed(List<SleepEpisode> sorted) {
        List<SleepEpisode> believed = new ArrayList<>();
        List<SleepEpisode> night = new ArrayList<>();
        Instant end = Instant.MIN;
        for (SleepEpisode episode : sorted) {
            if (!episode.start().toInstant().isBefore(end)) {
                believed.addAll(one(night));
                night.clear();
                end = Instant.MIN;
            }
            night.add(episode);
            Instant until = episode.end().toInstant();
            end = until.isAfter(end) ? until : end;
        }
        believed.addAll(one(night));
        return believed;
    }

    private static List<SleepEpisode> one(List<SleepEpisode> night) {
        Map<SleepSource, Long> asleep = new HashMap<>();
        night.forEach(episode -> asleep.merge(episode.source(), episode.asleep(), Long::sum));
        SleepSource best = asleep.keySet().stream()
                .min(Comparator.comparingInt(SleepSource::rank)
                        .thenComparing(source -> -Objects.requireNonNull(asleep.get(source)))
                        .thenComparing(SleepSource::name))
                .orElse(null);
        return night.stream().filter(episode -> episode.source().equals(best)).toList();
    }

    private static List<SleepEpisode> marked(List<SleepEpisode> episodes) {
        Map<LocalDate, SleepEpisode> longest = new HashMap<>();
        for (SleepEpisode episode : episodes) {
            longest.merge(episode.day(), episode, (one, other) -> other.asleep() > one.asleep() ? other : one);
        }
        return episodes.stream()
                .map(episode -> episode.mainIs(longest.get(episode.day()) == episode))
                .toList();
    }

    static OffsetDateTime time(long second, int offset) {
        return OffsetDateTime.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.ofTotalSeconds(offset));
    }
}
