package phr.gateway.record.postgres;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;

/**
 * Series in memory, so that a request need not read and decrypt them. They are used only under the stamp that the transaction at
 * hand sees, and only with the key that read them: who was erased, is relabelled or has a new series is read again.
 */
@Singleton
final class SeriesCache {

    /** Of all persons together: an eighth of the memory there is, at some eight kilobytes each. */
    private static final int MOST_SERIES = (int) (Runtime.getRuntime().maxMemory() / 8 / 8_000);

    private final Map<PersonId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private final KnownIds ids = new KnownIds();

    private final KnownSamples samples = new KnownSamples();

    private final KnownIdentities identities = new KnownIdentities();

    private int series;

    private record Kept(long stamp, DataKey key, List<Series> series) {}

    List<Series> of(Connection connection, PersonId person, DataKey key, SeriesHead head) throws SQLException {
        List<Series> known = known(person, key, head);
        if (known != null) {
            return known;
        }
        List<Series> read = List.copyOf(new SeriesRows(connection, person, key).all());
        keep(person, new Kept(head.stamp(), key, read));
        return read;
    }

    KnownIds ids() {
        return ids;
    }

    KnownSamples samples() {
        return samples;
    }

    KnownIdentities identities() {
        return identities;
    }

    private synchronized @Nullable List<Series> known(PersonId person, DataKey key, SeriesHead head) {
        Kept found = kept.get(person);
        return found != null && found.stamp() == head.stamp() && found.key() == key ? found.series() : null;
    }

    /** Series more: should the transaction fail, nobody will meet the new stamp. */
    void grown(PersonId person, DataKey key, long stamp, List<Series> all) {
        keep(person, new Kept(stamp, key, List.copyOf(all)));
    }

    private synchronized void keep(PersonId person, Kept added) {
        Kept before = kept.put(person, added);
        series += added.series().size() - (before == null ? 0 : before.series().size());
        while (series > MOST_SERIES && kept.size() > 1) {
            Kept gone = kept.remove(kept.keySet().iterator().next());
            series -= gone == null ? 0 : gone.series().size();
        }
    }
}
