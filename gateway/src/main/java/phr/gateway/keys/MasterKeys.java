package phr.gateway.keys;

import java.util.List;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The operator's master keys: the first one wraps, all of them unwrap. So a new one is put first and the old one goes when nothing
 * is left that it wrapped.
 */
public final class MasterKeys {

    private final List<MasterKey> keys;

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** @param keys the newest first, at least one */
    public static MasterKeys of(List<MasterKey> keys) {
        if (keys.isEmpty()) {
            throw unusable("there is no master key");
        }
        return new MasterKeys(keys);
    }

    /** One key in the memory of this process. */
    public static MasterKeys of(byte[] key) {
        return of(List.of(MasterKey.of(key)));
    }

    byte[] wrap(byte[] dataKey, byte[] owner) {
        return keys.get(0).wrap(dataKey, owner);
    }

    /** @throws phr.fhir.failure.FailureException UNAVAILABLE when none of the keys wrapped it, or it belongs to another owner */
    byte[] unwrap(byte[] wrapped, byte[] owner) {
        return keys.stream()
                .filter(key -> key.wrapped(wrapped))
                .findFirst()
                .orElseThrow(() -> unusable("no configured master key wrapped this data key"))
                .unwrap(wrapped, owner);
    }

    /** Whether the first key wrapped it. */
    boolean newest(byte[] wrapped) {
        return keys.get(0).wrapped(wrapped);
    }

    /** Whether any of the keys wrapped it. */
    boolean known(byte[] wrapped) {
        return keys.stream().anyMatch(key -> key.wrapped(wrapped));
    }

    /** Whether there may be something left to wrap anew. */
    boolean several() {
        return keys.size() > 1;
    }

    static RuntimeException unusable(String text) {
        return Failure.of(Category.UNAVAILABLE, "KEY-1", text).exception();
    }
}
