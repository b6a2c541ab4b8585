package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;
import phr.gateway.record.Watchers;

/** Writes documents of one person in a few large statements. The caller holds the person's lock. Made for one batch. */
final class DocumentWriter {

    /** Rows of one statement. */
    private static final int AT_ONCE = 32;

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Blinding blinding;
    private final DocumentIdentities identities;
    private final Instant now;
    private final Watchers watchers;
    private final Consumer<Stored> each;

    /** What is stored already. */
    private record Known(UUID id, String type, int version, UUID content) {}

    DocumentWriter(
            Connection connection,
            PersonId person,
            DataKey key,
            Blinding blinding,
            DocumentIdentities identities,
            Instant now,
            Watchers watchers,
            Consumer<Stored> each) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.blinding = blinding;
        this.identities = identities;
        this.now = now;
        this.watchers = watchers;
        this.each = each;
    }

    /** In rounds, each without a repeated identity: the second time in one batch meets the first as stored. */
    Saved write(List<Incoming> batch) throws SQLException {
        Saved saved = Saved.NOTHING;
        List<Incoming> round = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Incoming incoming : batch) {
            if (seen.contains(incoming.sourceKey()) || seen.contains(incoming.ref())) {
                saved = saved.plus(writeRound(round));
                round.clear();
                seen.clear();
            }
            round.add(incoming);
            seen.add(incoming.sourceKey());
            seen.add(incoming.ref());
        }
        return saved.plus(writeRound(round));
    }

    private Saved writeRound(List<Incoming> round) throws SQLException {
        if (round.isEmpty()) {
            return Saved.NOTHING;
        }
        Map<UUID, Known> known = known(round);
        AddedLabels added = new AddedLabels(connection, person, key, blinding);
        List<DocumentRow> created = new ArrayList<>();
        List<DocumentRow> updated = new ArrayList<>();
        int duplicates = 0;
        for (Incoming incoming : round) {
            Known stored = known.get(incoming.sourceKey());
            if (stored == null) {
                UUID id = incoming.document().facts().id();
                created.add(row(incoming, id, 1, null));
                tell(incoming, id, 1, Stored.Change.CREATED);
            } else if (stored.content().equals(incoming.content())) {
                duplicates += incoming.isBinary() ? 0 : 1;
                tell(incoming, stored.id(), stored.version(), Stored.Change.NONE);
            } else {
                demand(stored.type().equals(incoming.type()), "a source identity changed its resource type");
                LabelOrigin kept = added.of(stored.type(), stored.id(), stored.version());
                updated.add(row(incoming, stored.id(), stored.version() + 1, kept));
                tell(incoming, stored.id(), stored.version() + 1, Stored.Change.UPDATED);
            }
        }
        claim(created);
        retire(updated);
        insert(created);
        insert(updated);
        List<DocumentRow> rows =
                Stream.of(created, updated).flatMap(List::stream).toList();
        watchers.stored(
                connection,
                person,
                new Watchers.Written(
                        rows.stream().map(row -> row.incoming().type()).collect(Collectors.toSet()),
                        Map.of(),
                        type -> rows.stream()
                                .filter(row -> row.incoming().type().equals(type))
                                .map(DocumentRow::id)
                                .toList()));
        return new Saved(counted(created), counted(updated), duplicates, 0);
    }

    private void tell(Incoming incoming, UUID id, int version, Stored.Change change) {
        if (!incoming.isBinary()) {
            each.accept(new Stored(incoming.document().facts().id(), id, version, change));
        }
    }

    /** Rows of samples that were packed until now. */
    void place(List<DocumentRow> rows) throws SQLException {
        claim(rows);
        insert(rows);
    }

    private DocumentRow row(Incoming incoming, UUID id, int version, @Nullable LabelOrigin before) {
        return DocumentRow.of(person, incoming, id, version, now, key, before);
    }

    /** Binaries stand for originals, which are counted by themselves. */
    private static int counted(List<DocumentRow> rows) {
        return (int) rows.stream().filter(row -> !row.incoming().isBinary()).count();
    }

    private Map<UUID, Known> known(List<Incoming> round) throws SQLException {
        UUID[] keys = round.stream().map(Incoming::sourceKey).toArray(UUID[]::new);
        Sql sql = Sql.each(
                "SELECT source_key, id, type, version, content FROM document WHERE person_id = ? AND source_key",
                keys,
                person.value());
        Map<UUID, Known> known = new HashMap<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Known stored = new Known(
                        rows.getObject(2, UUID.class),
                        rows.getString(3),
                        rows.getInt(4),
                        rows.getObject(5, UUID.class));
                known.put(rows.getObject(1, UUID.class), stored);
            }
        }
        return known;
    }

    /** In order of id, so that two batches never wait for each other in a ring. */
    private void claim(List<DocumentRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Sql sql = Sql.of(
                "INSERT INTO document_id (id, type, person_id) SELECT n.id, n.type, ? FROM unnest(?, ?) AS n (id, type)"
                        + " ORDER BY n.id, n.type ON CONFLICT DO NOTHING",
                person.value(),
                rows.stream().map(DocumentRow::id).toArray(UUID[]::new),
                rows.stream().map(row -> row.incoming().type()).toArray(String[]::new));
        try (PreparedStatement claim = sql.prepare(connection)) {
            demand(
                    claim.executeUpdate() == rows.size(),
                    "an id is already used by another source identity, or in another record");
        }
        List<UUID> observations = rows.stream()
                .map(DocumentRow::incoming)
                .filter(incoming -> incoming.type().equals(SampleHit.TYPE))
                .map(Incoming::sourceKey)
                .toList();
        if (!observations.isEmpty()) {
            identities.add(observations);
        }
    }

    private void retire(List<DocumentRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long[] refs = rows.stream()
                .mapToLong(row ->
                        blinding.one(Blinding.Kind.REFERENCE, row.incoming().type() + "/" + row.id()))
                .toArray();
        String which = " FROM document WHERE person_id = ? AND ref = ANY (?)";
        for (String statement : List.of("INSERT INTO document_history SELECT *" + which, "DELETE" + which)) {
            try (PreparedStatement retire =
                    Sql.of(statement, person.value(), refs).prepare(connection)) {
                retire.executeUpdate();
            }
        }
    }

    /** Many in one statement, as far as they go: each statement looks for the partition and opens its indexes anew. */
    private void insert(List<DocumentRow> rows) throws SQLException {
        int many = rows.size() - rows.size() % AT_ONCE;
        insert(rows.subList(0, many), AT_ONCE);
        insert(rows.subList(many, rows.size()), 1);
    }

    private void insert(List<DocumentRow> rows, int each) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(DocumentRow.insert(each))) {
            for (int from = 0; from < rows.size(); from += each) {
                int next = 1;
                for (DocumentRow row : rows.subList(from, from + each)) {
                    next = row.bind(insert, next, blinding);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void demand(boolean condition, String otherwise) {
        if (!condition) {
            throw Failure.of(Category.CONFLICT, "STO-1", otherwise).exception();
        }
    }
}
