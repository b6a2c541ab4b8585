package phr.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

class DataKeyTest {

    private static final byte[] CONTEXT = {1};
    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.US_ASCII);

    private final DataKey key = new DataKey(filled(1));

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void whatIsEncryptedComesBackInItsContextOnly() {
        byte[] box = key.encrypt(PLAIN, CONTEXT);
        assertArrayEquals(PLAIN, key.decrypt(box, CONTEXT));
        assertThrows(FailureException.class, () -> key.decrypt(box, new byte[] {2}));
        assertThrows(FailureException.class, () -> new DataKey(filled(2)).decrypt(box, CONTEXT));
        assertThrows(FailureException.class, () -> key.decrypt(new byte[5], CONTEXT));
    }

    @Test
    void eachChangedBitIsNoticed() {
        byte[] box = key.encrypt(PLAIN, CONTEXT);
        for (int bit = 0; bit < box.length * 8; bit++) {
            byte[] changed = box.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(FailureException.class, () -> key.decrypt(changed, CONTEXT));
        }
    }

    @Test
    void noTwoBoxesAreAlike() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(Arrays.toString(Arrays.copyOf(key.encrypt(PLAIN, CONTEXT), 12)));
        }
        assertEquals(1_000, nonces.size());
    }

    @Test
    void blindedValuesAreEqualWhenKindValueAndPersonAre() {
        assertEquals(key.blind("code", "a"), new DataKey(filled(1)).blind("code", "a"));
        assertNotEquals(key.blind("code", "a"), key.blind("code", "b"));
        assertNotEquals(key.blind("code", "a"), key.blind("category", "a"));
        assertNotEquals(key.blind("code", "a"), new DataKey(filled(2)).blind("code", "a"));
        assertNotEquals(key.blindIdentity("code", "a"), key.blindIdentity("code", "b"));
    }

    @Test
    void aWrappedKeyOpensForItsOwnerAndMasterOnly() {
        MasterKey master = MasterKey.of(filled(3));
        byte[] wrapped = master.wrap(filled(9), CONTEXT);
        assertArrayEquals(filled(9), master.unwrap(wrapped, CONTEXT));
        assertEquals(Category.UNAVAILABLE, refusal(master, wrapped, new byte[] {2}));
        assertEquals(Category.UNAVAILABLE, refusal(MasterKey.of(filled(4)), wrapped, CONTEXT));
        assertEquals(Category.UNAVAILABLE, refusal(master, new byte[3], CONTEXT));
        assertFalse(Arrays.equals(master.secret("a"), master.secret("b")), "one secret per purpose");
        assertThrows(IllegalArgumentException.class, () -> MasterKey.of(new byte[31]));
    }

    private static Category refusal(MasterKey master, byte[] wrapped, byte[] owner) {
        return assertThrows(FailureException.class, () -> master.unwrap(wrapped, owner))
                .failure()
                .category();
    }
}
