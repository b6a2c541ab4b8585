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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
    private @Nullable Long content;

    /** Where a chunk stands. */
    record Address(int series, long firstFrom, long id) {}

    ChunkRows(Connection connection, PersonId person, DataKey key) {
        this(connection, person, key, new KnownIds(), null);
    }

    /**
     * @param known ids that need not be read
     * @param content of her chunks, as the caller has seen it; null when that is not known
     */
    ChunkRows(Connection connection, PersonId person, DataKey key, KnownIds known, @Nullable Long content) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.known = known;
        this.content = content;
    }

    /** Of her chunks, as last seen or made; null when that is not known. */
    @Nullable
    Long content() {
        return content;
    }

    /** A chunk that was there is gone: who reads does not hold the lock, and it has been settled meanwhile. */
    void vanished() {
        content = null;
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
        SeriesHead.Moved moved = moved();
        List<KnownIds.Fresh> added = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample_chunk (person_id, series, first_from, last_from, data_to, id, samples, updated, fresh,"
                        + " ids, body, days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Packed packed : pack(series, rows, fresh)) {
                bind(insert, series, packed, fresh);
                added.add(packed.fresh());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        if (fresh) {
            known.grown(person, moved, added);
        }
    }

    private SeriesHead.Moved moved() throws SQLException {
        SeriesHead.Moved moved = SeriesHead.content(connection, person);
        content = moved.after();
        return moved;
    }

    /** A chunk in the making. */
    private record Packed(KnownIds.Fresh fresh, List<Row> rows, byte[] body, byte @Nullable [] days) {}

    /** By several processors, where there is more than one chunk: it is most of the work. */
    private List<Packed> pack(Series series, List<Row> rows, boolean fresh) {
        int chunks = (rows.size() + LARGEST - 1) / LARGEST;
        return IntStream.range(0, chunks)
                .parallel()
                .mapToObj(i -> rows.subList(
                        (int) ((long) rows.size() * i / chunks), (int) ((long) rows.size() * (i + 1) / chunks)))
                .map(part -> packed(series, part, fresh))
                .toList();
    }

    private Packed packed(Series series, List<Row> rows, boolean fresh) {
        long id = ThreadLocalRandom.current().nextLong();
        Address address = new Address(series.number(), rows.get(0).sample().from(), id);
        byte[] body = key.encrypt(Chunk.encode(series.shape(), rows), context(person, id));
        // A fresh chunk is small, and soon written anew.
        byte[] days = fresh ? null : key.encrypt(Chunk.encodeDays(series.shape(), rows), daysContext(person, id));
        return new Packed(new KnownIds.Fresh(address, fresh ? ids(rows) : new long[0]), rows, body, days);
    }

    private void bind(PreparedStatement insert, Series series, Packed packed, boolean fresh) throws SQLException {
        List<Row> rows = packed.rows();
        insert.setObject(1, person.value());
        insert.setInt(2, series.number());
        insert.setLong(3, packed.fresh().address().firstFrom());
        insert.setLong(4, rows.get(rows.size() - 1).sample().from());
        insert.setLong(
                5, rows.stream().mapToLong(row -> row.sample().to()).max().orElseThrow());
        insert.setLong(6, packed.fresh().address().id());
        insert.setInt(7, rows.size());
        insert.setLong(8, rows.stream().mapToLong(Row::updated).max().orElseThrow());
        insert.setBoolean(9, fresh);
        insert.setBytes(10, bytes(packed.fresh().ids()));
        insert.setBytes(11, packed.body());
        insert.setBytes(12, packed.days());
    }

    /** Fresh chunks that stay as they are. */
    void settle(Map<Address, Chunk> kept) throws SQLException {
        moved();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE sample_chunk SET fresh = FALSE, ids = ?, days = ? WHERE person_id = ?"
                        + " AND series = ? AND first_from = ? AND id = ?")) {
            for (Map.Entry<Address, Chunk> one : kept.entrySet()) {
                Address chunk = one.getKey();
                update.setBytes(1, new byte[0]);
                update.setBytes(2, key.encrypt(one.getValue().encodeDays(), daysContext(person, chunk.id())));
                update.setObject(3, person.value());
                update.setInt(4, chunk.series());
                update.setLong(5, chunk.firstFrom());
                update.setLong(6, chunk.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static long[] ids(List<Row> rows) {
        return rows.stream().mapToLong(row -> IdPage.kept(row.sample().id())).toArray();
    }

    /** First the bits by which they are found, then those that tell apart. */
    private static byte[] bytes(long[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * (Integer.BYTES + 1));
        for (long id : ids) {
            bytes.putInt(IdPage.bits(id));
        }
        for (long id : ids) {
            bytes.put((byte) id);
        }
        return bytes.array();
    }

    /** What is kept of the ids of a fresh chunk, in the order of its samples. */
    static long[] ids(byte[] ids) {
        long[] kept = new long[ids.length / (Integer.BYTES + 1)];
        ByteBuffer bytes = ByteBuffer.wrap(ids);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (long) bytes.getInt(i * Integer.BYTES) << Byte.SIZE
                    | bytes.get(kept.length * Integer.BYTES + i) & 0xff;
        }
        return kept;
    }

    void delete(List<Address> chunks) throws SQLException {
        moved();
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
     * @param ids what is kept of them, sorted
     */
    List<Address> freshWith(long[] ids) throws SQLException {
        List<KnownIds.Fresh> there = content == null ? null : known.fresh(person, content);
        List<KnownIds.Fresh> fresh = there == null ? fresh() : there;
        if (fresh.isEmpty()) {
            return List.of();
        }
        Sought sought = new Sought(ids);
        return fresh.stream()
                .filter(chunk -> sought.any(chunk.ids()))
                .map(KnownIds.Fresh::address)
                .toList();
    }

    private List<KnownIds.Fresh> fresh() throws SQLException {
        List<Address> all = new ArrayList<>();
        long seen = 0;
        Sql sql = Sql.of(
                "SELECT c.series, c.first_from, c.last_from, c.id, h.content FROM series_head h LEFT JOIN sample_chunk c"
                        + " ON c.person_id = h.person_id AND c.fresh WHERE h.person_id = ?",
                person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                seen = row.getLong(5);
                if (row.getObject(1) != null) {
                    all.add(address(row));
                }
            }
        }
        content = seen;
        Map<Long, long[]> there = idsIn(all);
        List<KnownIds.Fresh> fresh = new ArrayList<>();
        for (Address address : all) {
            long[] ids = there.get(address.id());
            if (ids != null) {
                fresh.add(new KnownIds.Fresh(address, ids));
            }
        }
        if (fresh.size() == all.size()) {
            known.keepFresh(person, seen, fresh);
        } else {
            vanished();
        }
        return fresh;
    }

    /** The ids of these chunks, of which only those are read that are not known. */
    private Map<Long, long[]> idsIn(List<Address> fresh) throws SQLException {
        Map<Long, long[]> ids = new HashMap<>(known.ids(person));
        long[] unknown = fresh.stream()
                .mapToLong(Address::id)
                .filter(id -> !ids.containsKey(id))
                .toArray();
        if (unknown.length > 0) {
            read(unknown, ids);
        }
        return ids;
    }

    private void read(long[] chunks, Map<Long, long[]> all) throws SQLException {
        Sql sql = Sql.of(
                "SELECT id, ids FROM sample_chunk WHERE person_id = ? AND fresh AND id = ANY (?)",
                person.value(),
                chunks);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.put(row.getLong(1), ids(row.getBytes(2)));
            }
        }
    }
}
