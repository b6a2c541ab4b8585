package phr.gateway.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.StalePermitException;

/** A running export ends with the permit (consent-semantics.md §15, P-22). */
class DeliveryTest {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicInteger decisions = new AtomicInteger();

    @Test
    void a_package_whose_permit_stands_arrives_unchanged_and_is_decided_again_on_the_way() throws IOException {
        byte[] whole = new byte[3 * Delivery.STRETCH + 17];
        new Random(1).nextBytes(whole);
        Delivery delivery = new Delivery(received, decisions::incrementAndGet);
        delivery.write(whole[0]);
        delivery.write(whole, 1, 4);
        delivery.write(whole, 5, whole.length - 5);
        delivery.flush();
        assertArrayEquals(whole, received.toByteArray());
        assertEquals(4, decisions.get());
    }

    @Test
    @DisplayName("P-22, §19.3 Revoked while exporting: nothing is handed out")
    void a_permit_that_fell_before_the_first_byte_lets_nothing_out() {
        Delivery delivery = new Delivery(received, () -> {
            throw new StalePermitException();
        });
        assertThrows(StalePermitException.class, () -> delivery.write(new byte[10]));
        assertEquals(0, received.size());
    }

    @Test
    @DisplayName("P-22 decided again during delivery")
    void a_slow_reader_gets_no_more_after_the_revocation() {
        Delivery delivery = new Delivery(received, () -> {
            if (decisions.incrementAndGet() > 2) {
                throw new StalePermitException();
            }
        });
        assertThrows(StalePermitException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                delivery.write(new byte[1000]);
            }
        });
        assertTrue(received.size() <= 2 * Delivery.STRETCH);
    }
}
