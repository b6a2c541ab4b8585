package phr.gateway.record.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.IdPage;

/**
 * Ids of samples in memory: who sends in full flow would have the same ones fetched, decrypted and unpacked with every request. All of
 * it is about rows that never change; which of them there are is asked of the database each time. Thread-safe.
 */
final class KnownIds {

    /** Pages of all runs together: a sixteenth of the memory there is, at three kilobytes each. */
    private static final int MOST_PAGES = (int) (Runtime.getRuntime().maxMemory() / 16 / 3_000);

    private static final int PERSONS = 500;

    private final Map<Run, Pages> runs = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<PersonId, Map<Long, int[]>> fresh = new LinkedHashMap<>(16, 0.75f, true);
    private int pages;

    /**
     * A run of the index. Entries of a person are only added, and a run holds what was added one after the other: so it is told by how
     * many were there before and how many it holds, while its number may be given again.
     */
    record Run(PersonId person, long before, long entries) {}

    /** Those pages of a run that have been read, the others null. */
    private record Pages(DataKey key, @Nullable IdPage[] pages, int count) {}

    /** Null when nothing is known of the run; never to be changed. */
    synchronized @Nullable IdPage @Nullable [] pages(Run run, DataKey key) {
        Pages known = runs.get(run);
        return known != null && known.key() == key ? known.pages() : null;
    }

    /** One page more. */
    synchronized void add(Run run, DataKey key, int pages, int number, IdPage page) {
        @Nullable IdPage @Nullable [] before = pages(run, key);
        @Nullable IdPage[] read = before == null ? new IdPage[pages] : before.clone();
        read[number] = page;
        keep(run, key, read);
    }

    synchronized void keep(Run run, DataKey key, @Nullable IdPage[] read) {
        int count = 0;
        for (IdPage page : read) {
            count += page == null ? 0 : 1;
        }
        Pages before = runs.put(run, new Pages(key, read, count));
        pages += count - (before == null ? 0 : before.count());
        while (pages > MOST_PAGES) {
            Run eldest = runs.keySet().iterator().next();
            Pages gone = runs.remove(eldest);
            pages -= gone == null ? 0 : gone.count();
        }
    }

    /** Bits of the ids of fresh chunks, by the id of the chunk. */
    synchronized Map<Long, int[]> fresh(PersonId person) {
        return fresh.getOrDefault(person, Map.of());
    }

    synchronized void addFresh(PersonId person, long chunk, int[] bits) {
        Map<Long, int[]> chunks = new HashMap<>(fresh(person));
        chunks.put(chunk, bits);
        keepFresh(person, chunks);
    }

    /** @param chunks all that are fresh now; never to be changed */
    synchronized void keepFresh(PersonId person, Map<Long, int[]> chunks) {
        fresh.put(person, chunks);
        if (fresh.size() > PERSONS) {
            fresh.remove(fresh.keySet().iterator().next());
        }
    }
}
