package phr.fhir.normalise.fit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.WrittenTime;

/** Steps of a day as one watch counts them: each kind of movement has a counter of its own that begins anew at midnight. */
final class StepCounter {

    private static final int MOST_DAYS = 4000;
    private static final long RUNNING = 1;
    private static final long WALKING = 6;

    private final ZoneOffset offset;
    private final Map<LocalDate, Map<Long, Long>> highest = new HashMap<>();

    /** @param seconds east of Greenwich, null = not known: Asia/Tokyo */
    StepCounter(@Nullable Long seconds) {
        this.offset = seconds == null
                ? WrittenTime.JAPAN.getRules().getOffset(Instant.EPOCH)
                : ZoneOffset.ofTotalSeconds(Math.toIntExact(seconds));
    }

    void add(FitMessage message, long time) {
        Long packed = message.number(24);
        Long kind = packed == null ? message.number(5) : Long.valueOf(packed & 0x1F);
        Long steps = message.number(3);
        if (kind == null || steps == null || kind != RUNNING && kind != WALKING) {
            return;
        }
        // what is counted at midnight belongs to the day that ends
        LocalDate day = Instant.ofEpochSecond(time - 1).atOffset(offset).toLocalDate();
        if (highest.containsKey(day) || highest.size() < MOST_DAYS) {
            highest.computeIfAbsent(day, any -> new HashMap<>()).merge(kind, steps, Math::max);
        }
    }

    Map<LocalDate, Long> days() {
        Map<LocalDate, Long> days = new TreeMap<>();
        highest.forEach((day, counters) -> days.put(
                day, counters.values().stream().mapToLong(Long::longValue).sum()));
        return days;
    }
}
