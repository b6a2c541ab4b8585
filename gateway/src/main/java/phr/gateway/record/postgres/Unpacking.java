package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.fhir.validate.Document;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Watchers;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.postgres.SampleFinder.Found;
import phr.gateway.record.series.Row;
import phr.gateway.record.series.SampleIds;

/**
 * Takes samples out of their chunks and makes documents of them, version for version the same: what is corrected, deleted or
 * labelled one by one is dense no more. The caller holds the person's lock.
 */
final class Unpacking {

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final ChunkRows chunks;
    private final DocumentIdentities identities;

    Unpacking(Connection connection, PersonId person, DataKey key) {
        this(
                connection,
                person,
                key,
                new ChunkRows(connection, person, key),
                new DocumentIdentities(connection, person, key));
    }

    /**
     * @param chunks which the caller goes on to use
     * @param identities which the caller goes on to use
     */
    Unpacking(Connection connection, PersonId person, DataKey key, ChunkRows chunks, DocumentIdentities identities) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.chunks = chunks;
        this.identities = identities;
    }

    void unpack(Collection<Found> samples) throws SQLException {
        if (samples.isEmpty()) {
            return;
        }
        Map<Address, Set<UUID>> leaving = new HashMap<>();
        Map<Address, Series> series = new HashMap<>();
        for (Found found : samples) {
            leaving.computeIfAbsent(found.address(), chunk -> new HashSet<>()).add(found.id());
            series.put(found.address(), found.series());
        }
        for (Map.Entry<Address, Set<UUID>> chunk : leaving.entrySet()) {
            Series one = series.get(chunk.getKey());
            if (one != null) {
                rewrite(one, chunk.getKey(), chunk.getValue());
            }
        }
        place(samples);
        SeriesHead.moved(connection, person);
    }

    private void rewrite(Series series, Address chunk, Set<UUID> leaving) throws SQLException {
        Sql sql = Sql.of(
                "SELECT " + ChunkRows.COLUMNS
                        + " FROM sample_chunk c WHERE c.person_id = ? AND c.series = ? AND c.first_from = ? AND c.id = ?",
                person.value(),
                chunk.series(),
                chunk.firstFrom(),
                chunk.id());
        List<Row> staying = new ArrayList<>();
        boolean fresh;
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            fresh = row.getBoolean(5);
            SampleIds ids = series.ids(person);
            chunks.chunk(series, row).rows(ids).stream()
                    .filter(kept -> !leaving.contains(kept.sample().id()))
                    .forEach(staying::add);
        }
        chunks.delete(List.of(chunk));
        if (!staying.isEmpty()) {
            chunks.insert(chunks.pack(Map.of(series, staying), fresh));
        }
    }

    private void place(Collection<Found> samples) throws SQLException {
        Blinding blinding = new Blinding(key);
        List<DocumentRow> rows = new ArrayList<>();
        for (Found found : samples) {
            Row row = found.row();
            Incoming incoming = Incoming.of(Document.of(row.sample()), null, key, blinding);
            rows.add(DocumentRow.of(person, incoming, found.id(), 1, Instant.ofEpochMilli(row.updated()), key, null));
        }
        new DocumentWriter(connection, person, key, blinding, identities, Instant.EPOCH, Watchers.NONE, stored -> {})
                .place(rows);
    }
}
