package phr.fhir.normalise.sleep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The stages that one source saw, three numbers each. */
final class Stages {

    private long[] from = new long[64];
    private int[] length = new int[64];
    private int[] kind = new int[64];
    private int count;

    void add(SleepStage stage, long begin, long to, int offset) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
            kind = Arrays.copyOf(kind, 2 * count);
        }
        from[count] = begin;
        length[count] = (int) (to - begin);
        kind[count] = offset << 3 | stage.ordinal();
        count++;
    }

    /** @param pause seconds after which another sleep begins */
    List<SleepEpisode> episodes(SleepSource source, long pause) {
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted((one, other) -> Long.compare(from[one], from[other]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<SleepEpisode> episodes = new ArrayList<>();
        int first = 0;
        long end = 0;
        for (int i = 0; i < count; i++) {
            if (i > first && from[order[i]] - end > pause) {
                episodes.add(episode(source, order, first, i));
                first = i;
            }
            long to = from[order[i]] + length[order[i]];
            end = i == first ? to : Math.max(end, to);
        }
        if (count > 0) {
            episodes.add(episode(source, order, first, count));
        }
        return episodes;
    }

    private SleepEpisode episode(SleepSource source, int[] order, int first, int behind) {
        long[] changes = new long[2 * (behind - first)];
        int next = 0;
        int offset = 0;
        long end = Long.MIN_VALUE;
        for (int i = first; i < behind; i++) {
            int at = order[i];
            int stage = kind[at] & 7;
            long to = from[at] + length[at];
            // time, then whether it begins, then which: sorts as the sweep needs it
            changes[next++] = from[at] << 4 | 8 | stage;
            changes[next++] = to << 4 | stage;
            if (to >= end) {
                end = to;
                offset = kind[at] >> 3;
            }
        }
        Arrays.sort(changes);
        return new Sweep(changes).episode(source, kind[order[first]] >> 3, offset);
    }

    /** Goes through the changes of one sleep in the order of time. */
    private static final class Sweep {

        private final long[] changes;
        private final int[] open = new int[SleepStage.ALL.size()];
        private final Map<SleepStage, Long> seconds = new EnumMap<>(SleepStage.class);
        private long asleepFirst = Long.MAX_VALUE;
        private long awake;
        private int awakenings;
        private long pendingAwake;
        private int pendingAwakenings;
        private boolean wasAwake;

        Sweep(long[] changes) {
            this.changes = changes;
        }

        SleepEpisode episode(SleepSource source, int startOffset, int endOffset) {
            for (int i = 0; i + 1 < changes.length; i++) {
                open[(int) (changes[i] & 7)] += (changes[i] & 8) != 0 ? 1 : -1;
                segment(changes[i] >> 4, changes[i + 1] >> 4);
            }
            long start = changes[0] >> 4;
            long end = changes[changes.length - 1] >> 4;
            return new SleepEpisode(
                    source,
                    SleepNights.time(start, startOffset),
                    SleepNights.time(end, endOffset),
                    Map.copyOf(seconds),
                    asleepFirst == Long.MAX_VALUE ? 0 : asleepFirst - start,
                    awake,
                    awakenings,
                    false);
        }

        private void segment(long begin, long end) {
            int finest = open.length - 1;
            while (finest >= 0 && open[finest] == 0) {
                finest--;
            }
            if (begin == end || finest < 0) {
                return;
            }
            SleepStage stage = SleepStage.ALL.get(finest);
            seconds.merge(stage, end - begin, Long::sum);
            if (stage.asleep()) {
                asleepFirst = Math.min(asleepFirst, begin);
                awake += pendingAwake;
                awakenings += pendingAwakenings;
                pendingAwake = 0;
                pendingAwakenings = 0;
                wasAwake = false;
            } else if (stage == SleepStage.AWAKE && asleepFirst != Long.MAX_VALUE) {
                pendingAwake += end - begin;
                pendingAwakenings += wasAwake ? 0 : 1;
                wasAwake = true;
            }
        }
    }
}
