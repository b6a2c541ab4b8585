package phr.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

class DataKeyTest {

    private static final byte[] CONTEXT = {1};
    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.US_ASCII);

    private final DataKey key = new DataKey(KeyMaterial.parse(filled(1)));

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
        assertThrows(FailureException.class, () -> new DataKey(KeyMaterial.parse(filled(2))).decrypt(box, CONTEXT));
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
        assertEquals(key.blind("code", "a"), new DataKey(KeyMaterial.parse(filled(1))).blind("code", "a"));
        assertNotEquals(key.blind("code", "a"), key.blind("code", "b"));
        assertNotEquals(key.blind("code", "a"), key.blind("category", "a"));
        assertNotEquals(key.blind("code", "a"), new DataKey(KeyMaterial.parse(filled(2))).blind("code", "a"));
        assertNotEquals(key.blindIdentity("code", "a"), key.blindIdentity("code", "b"));
    }

    @Test
    void aWrappedKeyOpensForItsOwnerAndMasterOnly() {
        MasterKeys master = MasterKeys.of(filled(3));
        byte[] wrapped = master.wrap(filled(9), CONTEXT);
        assertArrayEquals(filled(9), master.unwrap(wrapped, CONTEXT));
        assertEquals(Category.UNAVAILABLE, refusal(master, wrapped, new byte[] {2}));
        assertEquals(Category.UNAVAILABLE, refusal(MasterKeys.of(filled(4)), wrapped, CONTEXT));
        assertEquals(Category.UNAVAILABLE, refusal(master, new byte[3], CONTEXT));
        assertThrows(IllegalArgumentException.class, () -> MasterKey.of(new byte[31]));
        assertThrows(FailureException.class, () -> MasterKeys.of(List.of()));
    }

    @Test
    void secretsDependOnTheirPurpose() {
        Secrets secrets = Secrets.from(filled(1));
        assertFalse(Arrays.equals(secrets.of("a"), secrets.of("b")), "one secret per purpose");
        assertArrayEquals(secrets.of("a"), Secrets.from(filled(1)).of("a"));
    }

    @Test
    void aRenewedKeyOpensWhatTheOlderOneClosedUntilItIsSettled() {
        KeyMaterial first = KeyMaterial.fresh();
        KeyMaterial second = KeyMaterial.parse(first.renewed().bytes());
        DataKey before = new DataKey(first);
        DataKey during = new DataKey(second);
        DataKey after = new DataKey(KeyMaterial.parse(second.settled().bytes()));
        byte[] old = before.encrypt(PLAIN, CONTEXT);
        byte[] renewed = during.renewed(old, CONTEXT).orElseThrow();
        assertArrayEquals(PLAIN, during.decrypt(old, CONTEXT));
        assertArrayEquals(PLAIN, during.decrypt(renewed, CONTEXT));
        assertEquals(Optional.empty(), during.renewed(renewed, CONTEXT), "nothing is left to do");
        assertArrayEquals(PLAIN, after.decrypt(renewed, CONTEXT));
        assertThrows(FailureException.class, () -> after.decrypt(old, CONTEXT), "the leaked key opens nothing");
        assertThrows(FailureException.class, () -> before.decrypt(renewed, CONTEXT), "nor the older one the new");
        assertThrows(FailureException.class, () -> during.renewed(new byte[40], CONTEXT));
    }

    @Test
    void blindedValuesOutliveEachPayloadKey() {
        KeyMaterial first = KeyMaterial.fresh();
        KeyMaterial last = KeyMaterial.parse(first.renewed().settled().bytes());
        assertEquals(new DataKey(first).blind("code", "a"), new DataKey(last).blind("code", "a"));
        KeyMaterial derived = KeyMaterial.parse(filled(1));
        assertEquals(key.blind("code", "a"), new DataKey(derived.renewed().settled()).blind("code", "a"));
        assertNotEquals(key.blind("code", "a"), new DataKey(first).blind("code", "a"));
    }

    @Test
    void whatIsNoKeyMaterialIsRefused() {
        for (int length : new int[] {0, 31, 33, 64, 66, 96}) {
            assertThrows(FailureException.class, () -> KeyMaterial.parse(new byte[length]), "length " + length);
        }
        assertThrows(FailureException.class, () -> KeyMaterial.parse(new byte[65]), "an unknown layout");
    }

    @Test
    void threadsShareAKeyAndNoNonce() {
        Set<String> nonces = IntStream.range(0, 4_000)
                .parallel()
                .mapToObj(i -> {
                    byte[] plain = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                    byte[] box = key.encrypt(plain, CONTEXT);
                    assertArrayEquals(plain, key.decrypt(box, CONTEXT));
                    return Arrays.toString(Arrays.copyOf(box, 12));
                })
                .collect(Collectors.toSet());
        assertEquals(4_000, nonces.size());
    }

    private static Category refusal(MasterKeys master, byte[] wrapped, byte[] owner) {
        return assertThrows(FailureException.class, () -> master.unwrap(wrapped, owner))
                .failure()
                .category();
    }
}
