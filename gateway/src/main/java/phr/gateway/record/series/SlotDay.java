package phr.gateway.record.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import phr.fhir.sample.Decimal;
import phr.gateway.record.Sum;

/** The samples of one series and one Tokyo day on a grid of minutes: what begins in one slot is added up. */
public final class SlotDay {

    /** Length of a slot in milliseconds (lifelog.md §5). */
    public static final int PERIOD = 60_000;

    /** Slots of an hour. */
    public static final int HOUR = 60;

    /** Slots of a day. */
    public static final int DAY = 24 * HOUR;

    private static final long SLOT = PERIOD * 1_000L;

    private final long begin;
    private final Totals all = new Totals();
    private final TreeMap<Integer, Slot> slots = new TreeMap<>();
    private int count;
    private long updated = Long.MIN_VALUE;

    private static final class Slot {
        private final Totals totals = new Totals();
        private int count;
    }

    /** First and last slot of a stretch of which at most half is gaps. */
    public record Part(int first, int last) {}

    /** @param begin of the day, microseconds since 1970 */
    public SlotDay(long begin) {
        this.begin = begin;
    }

    /**
     * @param from start of the data time, microseconds since 1970
     * @param stored milliseconds since 1970
     */
    public void add(long from, Decimal number, long stored) {
        Slot slot = slots.computeIfAbsent((int) ((from - begin) / SLOT), one -> new Slot());
        slot.totals.add(number.unscaled(), number.scale());
        slot.count++;
        all.add(number.unscaled(), number.scale());
        count++;
        updated = Math.max(updated, stored);
    }

    /** Also everything that the other one of the same day has. */
    public void addAll(SlotDay other) {
        other.slots.forEach((number, added) -> {
            Slot slot = slots.computeIfAbsent(number, one -> new Slot());
            slot.totals.add(added.totals.total());
            slot.count += added.count;
        });
        if (other.count > 0) {
            all.add(other.all.total());
        }
        count += other.count;
        updated = Math.max(updated, other.updated);
    }

    /** How many samples. */
    public int count() {
        return count;
    }

    /** When the last of them was stored, milliseconds since 1970. */
    public long updated() {
        return updated;
    }

    /** Of all of them. */
    public Sum total() {
        return all.total();
    }

    public boolean has(int slot) {
        return slots.containsKey(slot);
    }

    public Sum total(int slot) {
        return Objects.requireNonNull(slots.get(slot)).totals.total();
    }

    public int count(int slot) {
        return Objects.requireNonNull(slots.get(slot)).count;
    }

    /** Start of a slot, microseconds since 1970. */
    public long start(int slot) {
        return begin + slot * SLOT;
    }

    /**
     * All slots with samples: where more than half would be gaps, it is cut at the longest gap.
     *
     * @param longest slots of a part; a part never goes over a multiple of it
     */
    public List<Part> parts(int longest) {
        int[] filled = slots.keySet().stream().mapToInt(Integer::intValue).toArray();
        List<Part> parts = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= filled.length; i++) {
            if (i == filled.length || filled[i] / longest != filled[first] / longest) {
                split(filled, first, i - 1, parts);
                first = i;
            }
        }
        return parts;
    }

    private static void split(int[] filled, int first, int last, List<Part> parts) {
        int length = filled[last] - filled[first] + 1;
        int gaps = length - (last - first + 1);
        if (gaps * 2 <= length) {
            parts.add(new Part(filled[first], filled[last]));
            return;
        }
        int longest = first;
        for (int i = first; i < last; i++) {
            if (filled[i + 1] - filled[i] > filled[longest + 1] - filled[longest]) {
                longest = i;
            }
        }
        split(filled, first, longest, parts);
        split(filled, longest + 1, last, parts);
    }
}
