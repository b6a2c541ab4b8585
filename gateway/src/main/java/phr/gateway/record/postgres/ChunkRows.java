package phr.gateway.record.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.DaySums;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Row;
import phr.gateway.record.series.Sought;

/** The chunks of one person. For writing, the caller holds her lock. */
final class ChunkRows {

    /** Samples of a chunk at most. */
    static final int LARGEST = 4096;

    static final String COLUMNS = "c.series, c.first_from, c.last_from, c.id, c.fresh, c.body";

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final KnownIds known;

    /** Where a chunk stands. */
    record Address(int series, long firstFrom, long id) {}

    ChunkRows(Connection connection, PersonId person, DataKey key) {
        this(connection, person, key, new KnownIds());
    }

    /** @param known bits of ids that need not be read */
    ChunkRows(Connection connection, PersonId person, DataKey key, KnownIds known) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.known = known;
    }

    /** @param row of a statement with {@link #COLUMNS} */
    static Address address(ResultSet row) throws SQLException {
        return new Address(row.getInt(1), row.getLong(2), row.getLong(4));
    }

    Chunk chunk(Series series, ResultSet row) throws SQLException {
        return chunk(series, row.getLong(4), row.getBytes(6));
    }

    Chunk chunk(Series series, long id, byte[] body) {
        return Chunk.decode(series.shape(), key.decrypt(body, context(person, id)));
    }

    List<DaySums> days(Series series, long id, byte[] days) {
        return Chunk.decodeDays(series.shape(), key.decrypt(days, daysContext(person, id)));
    }

    static byte[] daysContext(PersonId person, long id) {
        return (person + "|days|" + id).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] context(PersonId person, long id) {
        return (person + "|chunk|" + id).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes rows as chunks of about the same size.
     *
     * @param rows in order
     */
    void insert(Series series, List<Row> rows, boolean fresh) throws SQLException {
        SeriesHead.content(connection, person);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample_chunk (person_id, series, first_from, last_from, data_to, id, samples, updated, fresh,"
                        + " ids, body, days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int chunks = (rows.size() + LARGEST - 1) / LARGEST;
            for (int i = 0; i < chunks; i++) {
                List<Row> part = rows.subList(
                        (int) ((long) rows.size() * i / chunks), (int) ((long) rows.size() * (i + 1) / chunks));
                bind(insert, series, part, fresh);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void bind(PreparedStatement insert, Series series, List<Row> rows, boolean fresh) throws SQLException {
        long id = ThreadLocalRandom.current().nextLong();
        insert.setObject(1, person.value());
        insert.setInt(2, series.number());
        insert.setLong(3, rows.get(0).sample().from());
        insert.setLong(4, rows.get(rows.size() - 1).sample().from());
        insert.setLong(
                5, rows.stream().mapToLong(row -> row.sample().to()).max().orElseThrow());
        insert.setLong(6, id);
        insert.setInt(7, rows.size());
        insert.setLong(8, rows.stream().mapToLong(Row::updated).max().orElseThrow());
        insert.setBoolean(9, fresh);
        insert.setBytes(10, fresh ? bytes(ids(id, rows)) : new byte[0]);
        insert.setBytes(11, key.encrypt(Chunk.encode(series.shape(), rows), context(person, id)));
        // A fresh chunk is small, and soon written anew.
        insert.setBytes(
                12, fresh ? null : key.encrypt(Chunk.encodeDays(series.shape(), rows), daysContext(person, id)));
    }

    /** Known from now on: should the transaction fail, nobody will meet the chunk. */
    private int[] ids(long chunk, List<Row> rows) {
        int[] ids =
                rows.stream().mapToInt(row -> IdPage.bits(row.sample().id())).toArray();
        known.addFresh(person, chunk, ids);
        return ids;
    }

    private static byte[] bytes(int[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES);
        bytes.asIntBuffer().put(ids);
        return bytes.array();
    }

    void delete(List<Address> chunks) throws SQLException {
        SeriesHead.content(connection, person);
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM sample_chunk WHERE person_id = ? AND series = ? AND first_from = ? AND id = ?")) {
            for (Address chunk : chunks) {
                delete.setObject(1, person.value());
                delete.setInt(2, chunk.series());
                delete.setLong(3, chunk.firstFrom());
                delete.setLong(4, chunk.id());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /**
     * Fresh chunks in which one of these ids may be.
     *
     * @param bits sorted
     */
    List<Address> freshWith(int[] bits) throws SQLException {
        return with(fresh(), bits);
    }

    /** As {@link #freshWith(int[])}, from memory as long as they do not change. */
    List<Address> freshWith(int[] bits, KnownSamples.View memory) throws SQLException {
        List<Address> fresh = memory.fresh();
        return with(fresh == null ? fresh(memory) : fresh, bits);
    }

    private List<Address> with(List<Address> fresh, int[] bits) throws SQLException {
        if (fresh.isEmpty()) {
            return fresh;
        }
        Map<Long, int[]> ids = ids(fresh);
        Sought sought = new Sought(bits);
        return fresh.stream()
                .filter(chunk -> sought.any(ids.getOrDefault(chunk.id(), new int[0])))
                .toList();
    }

    private List<Address> fresh() throws SQLException {
        List<Address> fresh = new ArrayList<>();
        Sql sql = Sql.of(
                "SELECT series, first_from, last_from, id FROM sample_chunk WHERE person_id = ? AND fresh",
                person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                fresh.add(address(row));
            }
        }
        return fresh;
    }

    private List<Address> fresh(KnownSamples.View memory) throws SQLException {
        List<Address> fresh = new ArrayList<>();
        Sql sql = Sql.of(
                "SELECT c.series, c.first_from, c.last_from, c.id, h.content FROM series_head h LEFT JOIN sample_chunk c"
                        + " ON c.person_id = h.person_id AND c.fresh WHERE h.person_id = ?",
                person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            long content = 0;
            while (row.next()) {
                content = row.getLong(5);
                if (row.getObject(1) != null) {
                    fresh.add(address(row));
                }
            }
            memory.fresh(content, fresh);
        }
        return fresh;
    }

    /** The bits of these chunks, of which only those are read that are not known. */
    private Map<Long, int[]> ids(List<Address> fresh) throws SQLException {
        Map<Long, int[]> ids = new HashMap<>();
        Map<Long, int[]> before = known.fresh(person);
        List<Long> unknown = new ArrayList<>();
        for (Address chunk : fresh) {
            int[] bits = before.get(chunk.id());
            if (bits == null) {
                unknown.add(chunk.id());
            } else {
                ids.put(chunk.id(), bits);
            }
        }
        if (!unknown.isEmpty()) {
            read(unknown, ids);
        }
        known.keepFresh(person, ids);
        return ids;
    }

    private void read(List<Long> chunks, Map<Long, int[]> ids) throws SQLException {
        Sql sql = Sql.of(
                "SELECT id, ids FROM sample_chunk WHERE person_id = ? AND fresh AND id = ANY (?)",
                person.value(),
                chunks.stream().mapToLong(Long::longValue).toArray());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                byte[] bytes = row.getBytes(2);
                int[] bits = new int[bytes.length / Integer.BYTES];
                ByteBuffer.wrap(bytes).asIntBuffer().get(bits);
                ids.put(row.getLong(1), bits);
            }
        }
    }
}
