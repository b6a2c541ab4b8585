package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Place;
import phr.gateway.record.series.Row;

/**
 * Brings fresh samples to their place: each is merged into the settled chunk in whose time it falls, and its id into the index.
 * Readers see the state before or after. The caller holds the person's lock.
 */
final class Compaction {

    /** Samples of one round, about: so many are in memory. */
    private static final int ROUND = 100_000;

    private static final int FETCH = 16;

    private final Connection connection;
    private final PersonId person;
    private final Map<Integer, Series> series;
    private final ChunkRows chunks;
    private final IdRuns index;

    private record Fresh(Address address, List<Row> rows) {}

    Compaction(Connection connection, PersonId person, DataKey key, List<Series> series) {
        this.connection = connection;
        this.person = person;
        this.series = series.stream().collect(Collectors.toMap(Series::number, one -> one));
        this.chunks = new ChunkRows(connection, person, key);
        this.index = new IdRuns(connection, person, key);
    }

    /** @return whether there may be more */
    boolean run() throws SQLException {
        Map<Series, List<Fresh>> fresh = new LinkedHashMap<>();
        boolean more = fresh(fresh);
        List<IdPage.Entry> entries = new ArrayList<>();
        for (Map.Entry<Series, List<Fresh>> one : fresh.entrySet()) {
            List<Row> rows = new ArrayList<>();
            one.getValue().forEach(chunk -> rows.addAll(chunk.rows()));
            rows.sort(Row.ORDER);
            chunks.delete(one.getValue().stream().map(Fresh::address).toList());
            settle(one.getKey(), rows);
            int number = one.getKey().number();
            rows.forEach(row -> entries.add(new IdPage.Entry(
                    IdPage.bits(row.sample().id()),
                    Place.of(number, row.sample().from()))));
        }
        if (!entries.isEmpty()) {
            index.add(entries);
        }
        return more;
    }

    /** @return whether there may be more */
    private boolean fresh(Map<Series, List<Fresh>> fresh) throws SQLException {
        Sql sql = Sql.of(
                "SELECT " + ChunkRows.COLUMNS + " FROM sample_chunk c WHERE c.person_id = ? AND c.fresh",
                person.value());
        int taken = 0;
        try (PreparedStatement select = sql.prepare(connection)) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (taken < ROUND && row.next()) {
                    Series one = series.get(row.getInt(1));
                    if (one == null) {
                        throw new IllegalStateException("a chunk without its series");
                    }
                    List<Row> rows = chunks.chunk(one, row).rows(one.ids(person));
                    fresh.computeIfAbsent(one, key -> new ArrayList<>()).add(new Fresh(ChunkRows.address(row), rows));
                    taken += rows.size();
                }
            }
        }
        return taken >= ROUND;
    }

    /** Settled chunks of a series follow each other; a row goes to the last one that begins no later than it. */
    private void settle(Series one, List<Row> rows) throws SQLException {
        TreeMap<Long, Address> settled = settled(
                one,
                rows.get(0).sample().from(),
                rows.get(rows.size() - 1).sample().from());
        Map<Address, List<Row>> merged = new LinkedHashMap<>();
        List<Row> before = new ArrayList<>();
        for (Row row : rows) {
            Map.Entry<Long, Address> target = settled.floorEntry(row.sample().from());
            (target == null ? before : merged.computeIfAbsent(target.getValue(), address -> new ArrayList<>()))
                    .add(row);
        }
        if (!before.isEmpty()) {
            chunks.insert(one, before, false);
        }
        for (Map.Entry<Address, List<Row>> target : merged.entrySet()) {
            List<Row> all = new ArrayList<>(stored(one, target.getKey()));
            all.addAll(target.getValue());
            all.sort(Row.ORDER);
            chunks.delete(List.of(target.getKey()));
            chunks.insert(one, all, false);
        }
    }

    /** Chunks that begin in the stretch, and the last one before it. */
    private TreeMap<Long, Address> settled(Series one, long first, long last) throws SQLException {
        String columns = "SELECT first_from, id FROM sample_chunk WHERE person_id = ? AND series = ? AND NOT fresh";
        Sql sql = Sql.of(
                        "(" + columns + " AND first_from < ? ORDER BY first_from DESC LIMIT 1)",
                        person.value(),
                        one.number(),
                        first)
                .add(
                        " UNION ALL (" + columns + " AND first_from BETWEEN ? AND ?)",
                        person.value(),
                        one.number(),
                        first,
                        last);
        TreeMap<Long, Address> settled = new TreeMap<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                settled.put(row.getLong(1), new Address(one.number(), row.getLong(1), row.getLong(2)));
            }
        }
        return settled;
    }

    private List<Row> stored(Series one, Address address) throws SQLException {
        Sql sql = Sql.of(
                "SELECT " + ChunkRows.COLUMNS
                        + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ? AND c.first_from = ? AND c.id = ?",
                person.value(),
                address.series(),
                address.firstFrom(),
                address.id());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            return chunks.chunk(one, row).rows(one.ids(person));
        }
    }
}
