package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.record.Saved;

/**
 * Table {@code sent_document}: what one sender has sent for a person. From it, and not from the record, follows what the sender is told: else the
 * word "duplicate" would tell what others have stored (consent-semantics.md §14.2). The caller holds the person's lock.
 */
final class SentDocuments {

    private final Connection connection;
    private final PersonId person;
    private final UUID sender;

    /** @param sender blinded */
    SentDocuments(Connection connection, PersonId person, UUID sender) {
        this.connection = connection;
        this.person = person;
        this.sender = sender;
    }

    /** What it would have been, had nobody else ever sent anything. */
    Saved remember(List<Incoming> batch) throws SQLException {
        Map<UUID, UUID> known = known(batch);
        Map<UUID, UUID> changed = new HashMap<>();
        Saved told = Saved.NOTHING;
        for (Incoming incoming : batch) {
            UUID before = known.put(incoming.sourceKey(), incoming.content());
            told = told.plus(said(incoming, before));
            if (!incoming.content().equals(before)) {
                changed.put(incoming.sourceKey(), incoming.content());
            }
        }
        keep(changed);
        return told;
    }

    /** Binaries stand for originals, which are counted by themselves. */
    private static Saved said(Incoming incoming, @Nullable UUID before) {
        if (incoming.isBinary()) {
            return new Saved(0, 0, 0, before == null ? 1 : 0);
        } else if (before == null) {
            return new Saved(1, 0, 0, 0);
        }
        return before.equals(incoming.content()) ? new Saved(0, 0, 1, 0) : new Saved(0, 1, 0, 0);
    }

    private Map<UUID, UUID> known(List<Incoming> batch) throws SQLException {
        Sql sql = Sql.each(
                "SELECT source_key, content FROM sent_document WHERE person_id = ? AND sender = ? AND source_key",
                batch.stream().map(Incoming::sourceKey).distinct().toArray(UUID[]::new),
                person.value(),
                sender);
        Map<UUID, UUID> known = new HashMap<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                known.put(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
            }
        }
        return known;
    }

    private void keep(Map<UUID, UUID> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        List<UUID> keys = List.copyOf(changed.keySet());
        Sql sql = Sql.of(
                "INSERT INTO sent_document (person_id, sender, source_key, content)"
                        + " SELECT ?, ?, n.source_key, n.content FROM unnest(?, ?) AS n (source_key, content)"
                        + " ON CONFLICT (person_id, sender, source_key) DO UPDATE SET content = excluded.content",
                person.value(),
                sender,
                keys.toArray(UUID[]::new),
                keys.stream().map(changed::get).toArray(UUID[]::new));
        try (PreparedStatement upsert = sql.prepare(connection)) {
            upsert.executeUpdate();
        }
    }
}
