package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Place;
import phr.gateway.record.series.Row;
import phr.gateway.record.series.SampleIds;

/** Finds packed samples by their ids: in fresh chunks by the bits that stand beside them, in settled ones by the index. */
final class SampleFinder {

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Map<Integer, Series> series;
    private final ChunkRows chunks;

    /** A packed sample and where it is. */
    record Found(Series series, Address address, Chunk chunk, int index, UUID id) {

        Row row() {
            return new Row(chunk.sample(index, id), chunk.updated(index));
        }
    }

    SampleFinder(Connection connection, PersonId person, DataKey key, List<Series> series) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.series = series.stream().collect(Collectors.toMap(Series::number, one -> one));
        this.chunks = new ChunkRows(connection, person, key);
    }

    /** Those of the ids that are packed. */
    Map<UUID, Found> find(Collection<UUID> ids) throws SQLException {
        Map<UUID, Found> found = new HashMap<>();
        if (ids.isEmpty() || series.isEmpty()) {
            return found;
        }
        Search search = new Search(Set.copyOf(ids), found);
        for (Address address : chunks.freshWith(search.bits)) {
            search.in(
                    Sql.of(
                            "SELECT " + ChunkRows.COLUMNS
                                    + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ? AND c.first_from = ? AND c.id = ?",
                            person.value(),
                            address.series(),
                            address.firstFrom(),
                            address.id()),
                    from -> true);
        }
        if (found.size() < search.ids.size()) {
            settled(search);
        }
        return found;
    }

    private void settled(Search search) throws SQLException {
        Map<Integer, TreeMap<Long, Place>> bySeries = new HashMap<>();
        for (Place place : new IdIndex(connection, person, key).places(search.bits)) {
            bySeries.computeIfAbsent(place.series(), number -> new TreeMap<>()).put(place.stretch(), place);
        }
        for (Map.Entry<Integer, TreeMap<Long, Place>> places : bySeries.entrySet()) {
            TreeMap<Long, Place> stretches = places.getValue();
            Set<Long> wanted = new HashSet<>(stretches.keySet());
            search.in(
                    Sql.of(
                            "SELECT " + ChunkRows.COLUMNS
                                    + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ? AND NOT c.fresh"
                                    + " AND c.last_from >= ? AND c.first_from <= ? AND EXISTS (SELECT 1 FROM unnest(?, ?)"
                                    + " AS w (first, last) WHERE c.last_from >= w.first AND c.first_from <= w.last)",
                            person.value(),
                            places.getKey(),
                            stretches.firstEntry().getValue().from(),
                            stretches.lastEntry().getValue().last(),
                            stretches.values().stream().mapToLong(Place::from).toArray(),
                            stretches.values().stream().mapToLong(Place::last).toArray()),
                    from -> wanted.contains(Place.of(0, from).stretch()));
        }
    }

    private final class Search {

        private final Set<UUID> ids;
        private final Set<Integer> bits;
        private final Map<UUID, Found> found;

        Search(Set<UUID> ids, Map<UUID, Found> found) {
            this.ids = ids;
            this.bits = ids.stream().map(IdPage::bits).collect(Collectors.toSet());
            this.found = found;
        }

        private void in(Sql sql, LongPredicate where) throws SQLException {
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Series one = series.get(row.getInt(1));
                    if (one != null) {
                        in(one, chunks.chunk(one, row), ChunkRows.address(row), where);
                    }
                }
            }
        }

        private void in(Series one, Chunk chunk, Address address, LongPredicate where) {
            SampleIds names = one.ids(person);
            for (int i = 0; i < chunk.size(); i++) {
                if (where.test(chunk.from(i))) {
                    UUID id = names.of(chunk.key(i));
                    if (ids.contains(id)) {
                        found.put(id, new Found(one, address, chunk, i, id));
                    }
                }
            }
        }
    }
}
