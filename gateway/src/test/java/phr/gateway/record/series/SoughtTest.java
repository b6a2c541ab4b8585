package phr.gateway.record.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SoughtTest {

    @Test
    void finds_what_is_sought_and_nothing_else() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Set<Integer> values = new HashSet<>();
            int size = random.nextInt(round < 10 ? 3 : 2_000);
            while (values.size() < size) {
                values.add(random.nextInt(1 << 12));
            }
            Sought sought = new Sought(
                    values.stream().mapToInt(Integer::intValue).sorted().toArray());
            for (int value = 0; value < 1 << 12; value++) {
                assertEquals(values.contains(value), sought.test(value), "seed " + seed);
            }
        }
    }
}
