package phr.consent.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bounded cache that forgets what was not used for longest. */
final class Recent<K, V> {

    private final Map<K, V> kept;

    Recent(int most) {
        this.kept = Collections.synchronizedMap(new Lru<>(most));
    }

    @Nullable
    V get(K key) {
        return kept.get(key);
    }

    void put(K key, V value) {
        kept.put(key, value);
    }

    private static final class Lru<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        private final int most;

        Lru(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
