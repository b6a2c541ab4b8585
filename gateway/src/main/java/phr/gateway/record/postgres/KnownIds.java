package phr.gateway.record.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Marks;

/**
 * Ids of samples in memory: who sends in full flow would have the same ones fetched, decrypted and unpacked with every request. Rows
 * never change; which of them there are counts only under the content of the {@link SeriesHead} that the request has seen. Thread-safe.
 */
final class KnownIds {

    /** Pages of all runs together: a sixth of the memory there is, so that 512 MiB know eight million ids. */
    static final int MOST_PAGES = (int) (Runtime.getRuntime().maxMemory() / 6 / 4_300);

    /** Bits for each id of a run, to tell at a look that one is not in it. */
    private static final int MARKS_EACH = 16;

    private static final int PERSONS = 500;

    private final Map<Run, Pages> runs = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<PersonId, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);
    private int pages;

    /**
     * A run of the index. Entries of a person are only added, and a run holds what was added one after the other: so it is told by how
     * many were there before and how many it holds, while its number may be given again.
     */
    record Run(PersonId person, long before, long entries) {}

    /**
     * Those pages of a run that have been read, the others null.
     *
     * @param marks of all ids, when all pages have been read
     */
    record Pages(
            DataKey key,
            @Nullable IdPage[] pages,
            int count,
            @Nullable Marks marks) {

        static Pages of(Run run, DataKey key, @Nullable IdPage[] pages) {
            int count = 0;
            for (IdPage page : pages) {
                count += page == null ? 0 : 1;
            }
            if (count < pages.length) {
                return new Pages(key, pages, count, null);
            }
            Marks marks = new Marks(run.entries() * MARKS_EACH);
            for (IdPage page : pages) {
                if (page != null) {
                    page.mark(marks);
                }
            }
            return new Pages(key, pages, count, marks);
        }
    }

    /** Null when nothing is known of the run; never to be changed. */
    synchronized @Nullable Pages pages(Run run, DataKey key) {
        Pages known = runs.get(run);
        return known != null && known.key() == key ? known : null;
    }

    /** One page more. */
    void add(Run run, DataKey key, int pages, int number, IdPage page) {
        Pages before = pages(run, key);
        @Nullable
        IdPage[] read = before == null ? new IdPage[pages] : before.pages().clone();
        read[number] = page;
        keep(run, key, read);
    }

    void keep(Run run, DataKey key, @Nullable IdPage[] read) {
        keep(run, Pages.of(run, key, read));
    }

    private synchronized void keep(Run run, Pages known) {
        Pages before = runs.put(run, known);
        pages += known.count() - (before == null ? 0 : before.count());
        while (pages > MOST_PAGES) {
            Run eldest = runs.keySet().iterator().next();
            Pages gone = runs.remove(eldest);
            pages -= gone == null ? 0 : gone.count();
        }
    }

    /** What there was of a person under one content of her {@link SeriesHead}; null where nobody looked. */
    private record Seen(
            long content,
            @Nullable FreshIds fresh,
            @Nullable List<IdIndex.Run> runs) {}

    /** All fresh chunks; null when that is not known. */
    synchronized @Nullable FreshIds fresh(PersonId person, long content) {
        Seen known = seen(person, content);
        return known == null ? null : known.fresh();
    }

    synchronized void keepFresh(PersonId person, long content, FreshIds all) {
        Seen known = seen(person, content);
        keep(person, new Seen(content, all, known == null ? null : known.runs()));
    }

    /** All runs of the index; null when they are not known. */
    synchronized @Nullable List<IdIndex.Run> runs(PersonId person, long content) {
        Seen known = seen(person, content);
        return known == null ? null : known.runs();
    }

    synchronized void keepRuns(PersonId person, long content, List<IdIndex.Run> all) {
        Seen known = seen(person, content);
        keep(person, new Seen(content, known == null ? null : known.fresh(), List.copyOf(all)));
    }

    /** Fresh chunks more, and nothing else: should the transaction fail, nobody will meet the new content. */
    synchronized void grown(PersonId person, SeriesHead.Moved content, List<FreshIds.InChunk> added) {
        Seen known = seen(person, content.before());
        if (known != null && known.fresh() != null) {
            keep(person, new Seen(content.after(), known.fresh().with(added), known.runs()));
        }
    }

    /** Ids of chunks that were fresh when somebody looked last, by the id of the chunk. */
    synchronized Map<Long, long[]> ids(PersonId person) {
        Seen known = seen.get(person);
        return known == null || known.fresh() == null ? Map.of() : known.fresh().byChunk();
    }

    private @Nullable Seen seen(PersonId person, long content) {
        Seen known = seen.get(person);
        return known != null && known.content() == content ? known : null;
    }

    private void keep(PersonId person, Seen known) {
        seen.put(person, known);
        if (seen.size() > PERSONS) {
            seen.remove(seen.keySet().iterator().next());
        }
    }
}
