package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.IdEntries;
import phr.gateway.record.series.Place;
import phr.gateway.record.series.Row;

/**
 * Brings fresh samples to their place, and their ids into the index: a large chunk where nothing else is stays as it is, everything
 * else is merged into the settled chunk in whose time it falls. Readers see the state before or after. Who sends waits only while it
 * is written: all that takes long is done before the person's lock is taken, and begins anew should a chunk have changed meanwhile.
 * The caller holds the lock of compactions.
 */
final class Compaction {

    /** Samples of one round, about: so many are in memory. */
    private static final int ROUND = 200_000;

    /** Samples of a chunk that is worth keeping. */
    private static final int LARGE = ChunkRows.LARGEST / 2;

    /** Samples in chunks that wait to be written, about. */
    private static final int WAITING = 1_000_000;

    private static final int FETCH = 16;

    private final Connection connection;
    private final PersonId person;
    private final Map<Integer, Series> series;
    private final ChunkRows chunks;
    private final IdRuns index;
    private final Locking lock;
    private final Map<Address, byte[]> settling = new LinkedHashMap<>();
    private final List<Address> leaving = new ArrayList<>();
    private final List<PackedChunk> coming = new ArrayList<>();
    private int waiting;

    /** Takes the person's lock, as often as it is asked to. */
    interface Locking {

        /** @throws Overtaken when what was read without it is not so any more */
        void take() throws SQLException;
    }

    /** @param ids what is kept of them, in the order of its samples */
    private record Fresh(Series series, Address address, Chunk chunk, long[] ids) {

        long last() {
            return chunk.from(chunk.size() - 1);
        }
    }

    /** @param last where its last sample starts */
    private record Settled(Address address, long last) {}

    /** @param series those that there are, or were a moment ago */
    Compaction(Connection connection, PersonId person, DataKey key, List<Series> series, Locking lock) {
        this.connection = connection;
        this.person = person;
        this.series = series.stream().collect(Collectors.toMap(Series::number, one -> one));
        this.chunks = new ChunkRows(connection, person, key);
        this.index = new IdRuns(connection, person, key);
        this.lock = lock;
    }

    /** @return whether there may be more */
    boolean run() throws SQLException {
        Map<Integer, List<Fresh>> fresh = new LinkedHashMap<>();
        boolean more = fresh(fresh);
        if (fresh.isEmpty()) {
            return more;
        }
        IdRuns.Merged merged = index.merge(entries(fresh));
        for (List<Fresh> one : fresh.values()) {
            settle(one.get(0).series(), one);
        }
        write();
        index.replace(merged);
        return more;
    }

    private static IdEntries entries(Map<Integer, List<Fresh>> fresh) {
        IdEntries entries = new IdEntries(ChunkRows.LARGEST);
        fresh.forEach((number, chunks) -> {
            for (Fresh one : chunks) {
                for (int i = 0; i < one.ids().length; i++) {
                    entries.add(one.ids()[i], number, Place.stretch(one.chunk().from(i)));
                }
            }
        });
        return entries;
    }

    /** What waits, with the lock; kept to the end of the transaction. */
    private void write() throws SQLException {
        lock.take();
        chunks.settle(settling);
        chunks.delete(leaving);
        chunks.insert(coming);
        settling.clear();
        leaving.clear();
        coming.clear();
        waiting = 0;
    }

    /** @return whether there may be more */
    private boolean fresh(Map<Integer, List<Fresh>> fresh) throws SQLException {
        Sql sql = Sql.of(
                "SELECT " + ChunkRows.COLUMNS + ", c.ids FROM sample_chunk c WHERE c.person_id = ? AND c.fresh",
                person.value());
        int taken = 0;
        try (PreparedStatement select = sql.prepare(connection)) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (taken < ROUND && row.next()) {
                    Series one = series.get(row.getInt(1));
                    if (one == null) {
                        continue; // of a series that has just been begun
                    }
                    Chunk chunk = chunks.chunk(one, row);
                    fresh.computeIfAbsent(one.number(), number -> new ArrayList<>())
                            .add(new Fresh(one, ChunkRows.address(row), chunk, ChunkRows.ids(row.getBytes(7))));
                    taken += chunk.size();
                }
            }
        }
        return taken >= ROUND;
    }

    private void settle(Series one, List<Fresh> fresh) throws SQLException {
        fresh.sort(Comparator.comparingLong(chunk -> chunk.address().firstFrom()));
        TreeMap<Long, Settled> settled = settled(
                one,
                fresh.get(0).address().firstFrom(),
                fresh.stream().mapToLong(Fresh::last).max().orElseThrow());
        List<Fresh> others = new ArrayList<>();
        for (Fresh chunk : fresh) {
            if (chunk.chunk().size() >= LARGE && free(settled, chunk)) {
                settling.put(chunk.address(), chunks.days(chunk.address(), chunk.chunk()));
                settled.put(chunk.address().firstFrom(), new Settled(chunk.address(), chunk.last()));
            } else {
                others.add(chunk);
            }
        }
        merge(one, others, settled);
    }

    /** Settled chunks share no more than their ends, and no two begin at the same time. */
    private static boolean free(TreeMap<Long, Settled> settled, Fresh chunk) {
        long first = chunk.address().firstFrom();
        Map.Entry<Long, Settled> before = settled.floorEntry(first);
        Long after = settled.higherKey(first);
        return (before == null || before.getKey() < first && before.getValue().last() <= first)
                && (after == null || chunk.last() <= after);
    }

    /** Settled chunks of a series follow each other; a row goes to the last one that begins no later than it. */
    private void merge(Series one, List<Fresh> fresh, TreeMap<Long, Settled> settled) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        List<Row> rows = new ArrayList<>();
        fresh.forEach(chunk -> rows.addAll(chunk.chunk().rows(one.ids(person))));
        rows.sort(Row.ORDER);
        fresh.forEach(chunk -> leaving.add(chunk.address()));
        Map<Address, List<Row>> merged = new LinkedHashMap<>();
        List<Row> before = new ArrayList<>();
        for (Row row : rows) {
            Map.Entry<Long, Settled> target = settled.floorEntry(row.sample().from());
            (target == null
                            ? before
                            : merged.computeIfAbsent(target.getValue().address(), address -> new ArrayList<>()))
                    .add(row);
        }
        place(one, before);
        for (Map.Entry<Address, List<Row>> target : merged.entrySet()) {
            List<Row> all = new ArrayList<>(stored(one, target.getKey()));
            all.addAll(target.getValue());
            all.sort(Row.ORDER);
            settling.remove(target.getKey());
            leaving.add(target.getKey());
            place(one, all);
        }
    }

    private void place(Series one, List<Row> rows) throws SQLException {
        coming.addAll(chunks.pack(Map.of(one, rows), false));
        waiting += rows.size();
        if (waiting >= WAITING) {
            write();
        }
    }

    /** Chunks that begin in the stretch, and the last one before it. */
    private TreeMap<Long, Settled> settled(Series one, long first, long last) throws SQLException {
        String columns =
                "SELECT first_from, id, last_from FROM sample_chunk WHERE person_id = ? AND series = ? AND NOT fresh";
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
        TreeMap<Long, Settled> settled = new TreeMap<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Address address = new Address(one.number(), row.getLong(1), row.getLong(2));
                settled.put(row.getLong(1), new Settled(address, row.getLong(3)));
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
            if (!row.next()) {
                throw new Overtaken();
            }
            return chunks.chunk(one, row).rows(one.ids(person));
        }
    }
}
