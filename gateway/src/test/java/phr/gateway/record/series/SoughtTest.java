package phr.gateway.record.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SoughtTest {

    @Test
    void marks_forget_nothing_and_tell_most_others_apart() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Marks marks = new Marks(16 * 10_000L);
        long[] added = random.longs(10_000).map(value -> value >>> 26).toArray();
        for (long value : added) {
            marks.add(value);
        }
        for (long value : added) {
            assertTrue(marks.test(value), "seed " + seed);
        }
        long others =
                random.longs(10_000).filter(value -> marks.test(value >>> 26)).count();
        assertTrue(others < 2_000, others + " with seed " + seed);
    }

    @Test
    void finds_what_is_sought_and_nothing_else() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Set<Long> values = new HashSet<>();
            int size = random.nextInt(round < 10 ? 3 : 2_000);
            while (values.size() < size) {
                values.add((long) random.nextInt(1 << 12) << round % 27);
            }
            Sought sought = new Sought(
                    values.stream().mapToLong(Long::longValue).sorted().toArray());
            for (int i = 0; i < 1 << 12; i++) {
                long value = (long) i << round % 27;
                assertEquals(values.contains(value), sought.test(value), "seed " + seed);
            }
        }
    }
}
