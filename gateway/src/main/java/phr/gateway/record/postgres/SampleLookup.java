package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.postgres.KnownSamples.Kept;
import phr.gateway.record.postgres.SampleFinder.Found;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Place;
import phr.gateway.record.series.SampleIds;

/** Finds one packed sample by its id as {@link SampleFinder} finds many, from memory as long as her chunks do not change. */
final class SampleLookup {

    private final Connection connection;
    private final PersonId person;
    private final Sql condition;
    private final Map<Integer, Series> series;
    private final ChunkRows chunks;
    private final IdIndex index;
    private final KnownSamples.View memory;

    /** @param condition nothing is read unless it holds in the statement that reads; what is in memory stood under the head's permit */
    SampleLookup(
            Connection connection,
            PersonId person,
            DataKey key,
            List<Series> series,
            Sql condition,
            KnownIds ids,
            KnownSamples.View memory) {
        this.connection = connection;
        this.person = person;
        this.condition = condition;
        this.series = series.stream().collect(Collectors.toMap(Series::number, one -> one));
        this.chunks = new ChunkRows(connection, person, key, ids, memory.content());
        this.index = new IdIndex(connection, person, key, ids);
        this.memory = memory;
    }

    Optional<Found> find(UUID id) throws SQLException {
        long kept = IdPage.kept(id);
        for (Address address : chunks.freshWith(new long[] {kept})) {
            Found found = among(fresh(address), id, Long.MIN_VALUE, Long.MAX_VALUE);
            if (found != null) {
                return Optional.of(found);
            }
        }
        for (Place place : index.place(kept, chunks.content())) {
            Found found = settled(place, id);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private List<Kept> fresh(Address address) throws SQLException {
        Kept known = memory.fresh(address);
        Sql chunk = Sql.of(" AND c.first_from = ? AND c.id = ?", address.firstFrom(), address.id());
        List<Kept> there = known == null ? read(address.series(), chunk, false) : List.of(known);
        if (there.isEmpty()) {
            chunks.vanished();
        }
        return there;
    }

    private @Nullable Found settled(Place place, UUID id) throws SQLException {
        Kept known = memory.settled(place);
        Sql overlapping =
                Sql.of(" AND NOT c.fresh AND c.last_from >= ? AND c.first_from <= ?", place.from(), place.last());
        List<Kept> there = known == null ? read(place.series(), overlapping, true) : List.of(known);
        return among(there, id, place.from(), place.last());
    }

    private List<Kept> read(int number, Sql where, boolean settled) throws SQLException {
        Series one = series.get(number);
        List<Kept> there = new ArrayList<>();
        if (one == null) {
            return there;
        }
        Sql sql = Sql.of(
                        "SELECT " + ChunkRows.COLUMNS + ", (SELECT h.content FROM series_head h WHERE h.person_id = ?)"
                                + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ?",
                        person.value(),
                        person.value(),
                        number)
                .add(where)
                .add(" AND ")
                .add(condition);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Kept kept = new Kept(ChunkRows.address(row), chunks.chunk(one, row));
                memory.keep(row.getLong(7), kept, settled);
                there.add(kept);
            }
        }
        return there;
    }

    private @Nullable Found among(List<Kept> there, UUID id, long from, long last) {
        for (Kept kept : there) {
            Series one = series.get(kept.address().series());
            Chunk chunk = kept.chunk();
            if (one != null) {
                SampleIds names = one.ids(person);
                for (int i = chunk.atOrAfter(from); i < chunk.size() && chunk.from(i) <= last; i++) {
                    if (names.of(chunk.key(i)).equals(id)) {
                        return new Found(one, kept.address(), chunk, i, id);
                    }
                }
            }
        }
        return null;
    }
}
