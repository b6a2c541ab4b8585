package phr.gateway.record.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.DaySums;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Row;

/**
 * The chunks of one person. For writing, the caller holds her lock; should a chunk that goes or settles not be there any more, the
 * statement throws {@link Overtaken}.
 */
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
     * Chunks of about the same size, ready to be written; nothing is asked of the database. By several processors, where there is more
     * than one: it is most of the work.
     *
     * @param rows in order, by their series
     */
    List<PackedChunk> pack(Map<Series, List<Row>> rows, boolean fresh) {
        List<Supplier<PackedChunk>> all = new ArrayList<>();
        rows.forEach((series, of) ->
                parts(of).forEach(part -> all.add(() -> PackedChunk.of(person, key, series, part, fresh))));
        return all.parallelStream().map(Supplier::get).toList();
    }

    private static Stream<List<Row>> parts(List<Row> rows) {
        int chunks = (rows.size() + LARGEST - 1) / LARGEST;
        return IntStream.range(0, chunks)
                .mapToObj(i -> rows.subList(
                        (int) ((long) rows.size() * i / chunks), (int) ((long) rows.size() * (i + 1) / chunks)));
    }

    void insert(List<PackedChunk> packed) throws SQLException {
        if (packed.isEmpty()) {
            return;
        }
        SeriesHead.Moved moved = moved();
        List<FreshIds.InChunk> fresh = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample_chunk (person_id, series, first_from, last_from, data_to, id, samples, updated, fresh,"
                        + " ids, body, days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (PackedChunk chunk : packed) {
                bind(insert, chunk);
                insert.addBatch();
                if (chunk.ids() != null) {
                    fresh.add(new FreshIds.InChunk(chunk.address(), chunk.ids()));
                }
            }
            insert.executeBatch();
        }
        if (fresh.size() == packed.size()) {
            known.grown(person, moved, fresh);
        }
    }

    private SeriesHead.Moved moved() throws SQLException {
        SeriesHead.Moved moved = SeriesHead.content(connection, person);
        content = moved.after();
        return moved;
    }

    private void bind(PreparedStatement insert, PackedChunk chunk) throws SQLException {
        long[] ids = chunk.ids();
        insert.setObject(1, person.value());
        insert.setInt(2, chunk.address().series());
        insert.setLong(3, chunk.address().firstFrom());
        insert.setLong(4, chunk.last());
        insert.setLong(5, chunk.end());
        insert.setLong(6, chunk.address().id());
        insert.setInt(7, chunk.samples());
        insert.setLong(8, chunk.updated());
        insert.setBoolean(9, ids != null);
        insert.setBytes(10, ids == null ? new byte[0] : bytes(ids));
        insert.setBytes(11, chunk.body());
        insert.setBytes(12, chunk.days());
    }

    /** The sums of the days of a chunk that is about to settle as it is. */
    byte[] days(Address address, Chunk chunk) {
        return key.encrypt(chunk.encodeDays(), daysContext(person, address.id()));
    }

    /**
     * Fresh chunks stay as they are.
     *
     * @param days the sums of each
     */
    void settle(Map<Address, byte[]> days) throws SQLException {
        if (days.isEmpty()) {
            return;
        }
        moved();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE sample_chunk SET fresh = FALSE, ids = ?, days = ? WHERE person_id = ?"
                        + " AND series = ? AND first_from = ? AND id = ?")) {
            for (Map.Entry<Address, byte[]> one : days.entrySet()) {
                update.setBytes(1, new byte[0]);
                update.setBytes(2, one.getValue());
                bind(update, 3, one.getKey());
                update.addBatch();
            }
            eachOne(update.executeBatch());
        }
    }

    private void bind(PreparedStatement statement, int from, Address chunk) throws SQLException {
        statement.setObject(from, person.value());
        statement.setInt(from + 1, chunk.series());
        statement.setLong(from + 2, chunk.firstFrom());
        statement.setLong(from + 3, chunk.id());
    }

    private static void eachOne(int[] rows) {
        if (IntStream.of(rows).anyMatch(count -> count != 1)) {
            throw new Overtaken();
        }
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

    void delete(Collection<Address> chunks) throws SQLException {
        if (chunks.isEmpty()) {
            return;
        }
        moved();
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM sample_chunk WHERE person_id = ? AND series = ? AND first_from = ? AND id = ?")) {
            for (Address chunk : chunks) {
                bind(delete, 1, chunk);
                delete.addBatch();
            }
            eachOne(delete.executeBatch());
        }
    }

    /**
     * Fresh chunks in which one of these ids may be.
     *
     * @param ids what is kept of them, sorted
     */
    List<Address> freshWith(long[] ids) throws SQLException {
        FreshIds there = content == null ? null : known.fresh(person, content);
        return (there == null ? fresh() : there).chunksWith(ids);
    }

    private FreshIds fresh() throws SQLException {
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
        List<FreshIds.InChunk> chunks = new ArrayList<>();
        for (Address address : all) {
            long[] ids = there.get(address.id());
            if (ids != null) {
                chunks.add(new FreshIds.InChunk(address, ids));
            }
        }
        FreshIds fresh = FreshIds.of(chunks);
        if (chunks.size() == all.size()) {
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
