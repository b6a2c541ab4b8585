package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairwiseOutputTest {

    private static final UUID INTERNAL = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID SHOWN = UUID.fromString("22222222-2222-4222-8222-222222222222");

    @Test
    void the_internal_id_is_replaced_and_everything_else_is_kept() {
        String json = "{\"subject\":{\"reference\":\"Patient/" + INTERNAL + "\"},\"note\":\"" + INTERNAL + INTERNAL
                + "11111111-1111\"}";
        assertEquals(json.replace(INTERNAL.toString(), SHOWN.toString()), through(json, 5));
    }

    @Test
    void a_beginning_at_the_end_is_not_lost() {
        assertEquals("x11111111-1111-4111", through("x11111111-1111-4111", 3));
        assertEquals("", through("", 1));
    }

    @Test
    void the_person_herself_gets_the_stored_bytes_untouched() {
        byte[] json = {1, 2, 3};
        assertSame(json, new Visible(INTERNAL, INTERNAL).in(json));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260401, 77})
    void however_the_bytes_are_cut_the_result_is_that_of_one_replacement(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            String id = INTERNAL.toString();
            switch (random.nextInt(4)) {
                case 0 -> text.append(id);
                case 1 -> text.append(id, 0, random.nextInt(37));
                case 2 -> text.append('1').append("-".repeat(random.nextInt(3)));
                default -> text.append("健診").append(random.nextInt(1000));
            }
        }
        byte[] in = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PairwiseOutput pairwise = new PairwiseOutput(out, INTERNAL, SHOWN, random.nextInt(300))) {
            int at = 0;
            while (at < in.length) {
                int length = Math.min(random.nextInt(90), in.length - at);
                pairwise.write(in, at, length);
                at += length;
                if (random.nextInt(5) == 0) {
                    pairwise.flush();
                }
            }
        }
        byte[] expected =
                text.toString().replace(INTERNAL.toString(), SHOWN.toString()).getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(expected, out.toByteArray(), "seed " + seed);
    }

    private static String through(String text, int step) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        try (PairwiseOutput pairwise = new PairwiseOutput(out, INTERNAL, SHOWN, 100)) {
            for (int at = 0; at < in.length; at += step) {
                pairwise.write(in, at, Math.min(step, in.length - at));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
