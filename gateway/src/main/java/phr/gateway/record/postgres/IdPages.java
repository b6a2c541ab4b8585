package phr.gateway.record.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.IdPage;

/**
 * Pages of the index of ids in memory: who sends in full flow would have the same ones fetched and decrypted again and again. A page
 * is used only with the key that read it. Thread-safe.
 */
final class IdPages {

    /** Some three kilobytes each. */
    private static final int MOST = 8_192;

    private final Map<Name, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What never changes its content. Entries of a person are only added, and a run holds what was added one after the other: so it is
     * told by how many were there before and how many it holds, while its number may be given again.
     */
    record Name(PersonId person, long before, long entries, int page) {}

    private record Kept(DataKey key, IdPage page) {}

    synchronized @Nullable IdPage get(Name name, DataKey key) {
        Kept found = kept.get(name);
        return found != null && found.key() == key ? found.page() : null;
    }

    synchronized void keep(Name name, DataKey key, IdPage page) {
        kept.put(name, new Kept(key, page));
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }
}
