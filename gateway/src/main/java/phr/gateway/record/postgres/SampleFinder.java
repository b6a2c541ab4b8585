package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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

    /** No condition. */
    static final Sql ALWAYS = Sql.of("TRUE");

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Sql condition;
    private final Map<Integer, Series> series;
    private final ChunkRows chunks;
    private final IdIndex index;

    /** A packed sample and where it is. */
    record Found(Series series, Address address, Chunk chunk, int index, UUID id) {

        Row row() {
            return new Row(chunk.sample(index, id), chunk.updated(index));
        }
    }

    /** @param condition nothing is found unless it holds in the statement that reads the sample */
    SampleFinder(
            Connection connection,
            PersonId person,
            DataKey key,
            List<Series> series,
            Sql condition,
            KnownIds known,
            ChunkRows chunks) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.condition = condition;
        this.series = series.stream().collect(Collectors.toMap(Series::number, one -> one));
        this.chunks = chunks;
        this.index = new IdIndex(connection, person, key, known);
    }

    /** Those of the ids that are packed. */
    Map<UUID, Found> find(Set<UUID> ids) throws SQLException {
        Map<UUID, Found> found = new HashMap<>();
        if (ids.isEmpty() || series.isEmpty()) {
            return found;
        }
        Search search = new Search(ids, found);
        for (Address address : chunks.freshWith(search.kept)) {
            Sql chunk = Sql.of(" AND c.first_from = ? AND c.id = ?", address.firstFrom(), address.id());
            if (!search.in(address.series(), chunk, search::all)) {
                chunks.vanished();
            }
        }
        if (found.size() < search.ids.size()) {
            settled(search);
        }
        return found;
    }

    private void settled(Search search) throws SQLException {
        Map<Integer, TreeMap<Long, Place>> bySeries = new HashMap<>();
        for (Place place : index.places(search.kept, chunks.content())) {
            bySeries.computeIfAbsent(place.series(), number -> new TreeMap<>()).put(place.stretch(), place);
        }
        for (Map.Entry<Integer, TreeMap<Long, Place>> places : bySeries.entrySet()) {
            TreeMap<Long, Place> stretches = places.getValue();
            search.in(places.getKey(), overlapping(stretches), (one, chunk, address) -> {
                long first = Place.of(0, chunk.from(0)).stretch();
                long last = Place.of(0, chunk.from(chunk.size() - 1)).stretch();
                for (Place place : stretches.subMap(first, true, last, true).values()) {
                    search.in(one, chunk, address, chunk.atOrAfter(place.from()), chunk.atOrAfter(place.last() + 1));
                }
            });
        }
    }

    private static Sql overlapping(TreeMap<Long, Place> stretches) {
        Sql sql = Sql.of(
                " AND NOT c.fresh AND c.last_from >= ? AND c.first_from <= ?",
                stretches.firstEntry().getValue().from(),
                stretches.lastEntry().getValue().last());
        return stretches.size() == 1
                ? sql
                : sql.add(
                        " AND EXISTS (SELECT 1 FROM unnest(?, ?) AS w (first, last)"
                                + " WHERE c.last_from >= w.first AND c.first_from <= w.last)",
                        stretches.values().stream().mapToLong(Place::from).toArray(),
                        stretches.values().stream().mapToLong(Place::last).toArray());
    }

    /** Where to look in a chunk. */
    private interface Look {
        void into(Series series, Chunk chunk, Address address);
    }

    private final class Search {

        private final Set<UUID> ids;
        private final long[] kept;
        private final Map<UUID, Found> found;

        Search(Set<UUID> ids, Map<UUID, Found> found) {
            this.ids = ids;
            this.kept = ids.stream().mapToLong(IdPage::kept).sorted().toArray();
            this.found = found;
        }

        /** Whether there is such a chunk. */
        private boolean in(int number, Sql where, Look look) throws SQLException {
            Series one = series.get(number);
            if (one == null) {
                return false;
            }
            boolean any = false;
            Sql sql = Sql.of(
                            "SELECT " + ChunkRows.COLUMNS
                                    + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ?",
                            person.value(),
                            number)
                    .add(where)
                    .add(" AND ")
                    .add(condition);
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    any = true;
                    look.into(one, chunks.chunk(one, row), ChunkRows.address(row));
                }
            }
            return any;
        }

        private void all(Series one, Chunk chunk, Address address) {
            in(one, chunk, address, 0, chunk.size());
        }

        private void in(Series one, Chunk chunk, Address address, int from, int to) {
            SampleIds names = one.ids(person);
            for (int i = from; i < to; i++) {
                UUID id = names.of(chunk.key(i));
                if (ids.contains(id)) {
                    found.put(id, new Found(one, address, chunk, i, id));
                }
            }
        }
    }
}
