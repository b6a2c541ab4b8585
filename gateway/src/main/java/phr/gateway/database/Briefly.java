package phr.gateway.database;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was looked up for a moment, so that busy requests need not ask again. Never for consents: those are live. */
public final class Briefly<K, V> {

    private static final int MOST = 10_000;

    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final long nanos;

    private record Kept<V>(V value, long since) {}

    /** @param age of an answer at most */
    public Briefly(Duration age) {
        this.nanos = age.toNanos();
    }

    /** Empty when it is not known, or not since lately. */
    public Optional<V> get(K key) {
        return Optional.ofNullable(kept.get(key))
                .filter(one -> System.nanoTime() - one.since() < nanos)
                .map(Kept::value);
    }

    public void put(K key, V value) {
        if (kept.size() >= MOST) {
            kept.clear();
        }
        kept.put(key, new Kept<>(value, System.nanoTime()));
    }

    /** What was known before a change is asked anew. */
    public void forget() {
        kept.clear();
    }
}
