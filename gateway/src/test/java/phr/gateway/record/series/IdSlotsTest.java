package phr.gateway.record.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdSlotsTest {

    private static long id(Random random) {
        return IdPage.kept(new UUID(random.nextLong(), random.nextLong()));
    }

    @Test
    void marks_forget_nothing_and_tell_most_others_apart() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int size : new int[] {1, 30, 10_000}) {
            Marks marks = new Marks(16L * size);
            long[] added = random.longs(size).map(value -> value >>> 26).toArray();
            for (long value : added) {
                marks.add(value);
            }
            for (long value : added) {
                assertTrue(marks.test(value), "seed " + seed);
            }
            long others = random.longs(10_000)
                    .filter(value -> marks.test(value >>> 26))
                    .count();
            assertTrue(others < 300, others + " of " + size + " with seed " + seed);
        }
    }

    @Test
    void finds_the_numbers_of_an_id_and_no_others() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int room = 1 + random.nextInt(2_000);
            long[] ids = random.ints(40).mapToLong(i -> id(random)).toArray();
            IdSlots slots = new IdSlots(room);
            Map<Long, Set<Integer>> expected = new HashMap<>();
            for (int number = 0; number < room; number++) {
                // some have several, and the last places of the table run over
                long id = random.nextInt(3) == 0
                        ? ids[random.nextInt(ids.length)]
                        : round % 2 == 0 ? id(random) : (1L << IdPage.KEPT) - 1 - random.nextInt(9);
                slots.add(id, number);
                expected.computeIfAbsent(id, one -> new HashSet<>()).add(number);
            }
            for (long id : ids) {
                assertEquals(expected.getOrDefault(id, Set.of()), found(slots, id), "seed " + seed);
            }
            for (Map.Entry<Long, Set<Integer>> one : expected.entrySet()) {
                assertEquals(one.getValue(), found(slots, one.getKey()), "seed " + seed);
            }
        }
    }

    private static Set<Integer> found(IdSlots slots, long id) {
        Set<Integer> found = new HashSet<>();
        slots.find(id, found::add);
        return found;
    }
}
