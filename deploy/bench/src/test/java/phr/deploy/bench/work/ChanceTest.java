package phr.deploy.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChanceTest {

    private static final long[] EVEN = LongStream.range(0, 500).map(i -> 2 * i).toArray();

    @Test
    void a_sample_cannot_be_told_from_itself() {
        Chance chance = Chance.of(EVEN, EVEN);
        assertEquals(0.5, chance.value(), 1e-9);
        assertTrue(chance.p() > 0.99);
    }

    @Test
    void a_shift_is_found() {
        long[] later = LongStream.of(EVEN).map(i -> i + 200).toArray();
        Chance chance = Chance.of(later, EVEN);
        assertTrue(chance.value() > 0.6);
        assertTrue(chance.p() < 1e-6);
    }

    @Test
    void all_above_is_certain() {
        assertEquals(1, Chance.of(new long[] {7, 8}, new long[] {1, 2, 3}).value(), 1e-9);
    }
}
