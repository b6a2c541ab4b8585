package phr.gateway.record.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Original;
import phr.gateway.keys.DataKey;

/** Writes originals of one person, once per content, a chunk at a time. */
final class OriginalWriter {

    /** Chunks that are fetched and written together: each question would wait for its answer. */
    private static final int AT_ONCE = 8;

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Instant now;

    OriginalWriter(Connection connection, PersonId person, DataKey key, Instant now) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.now = now;
    }

    /**
     * @param name of the content in the database
     * @return false when the person has this content already
     */
    boolean write(Original original, UUID name) throws SQLException {
        Content content = original.content();
        OriginalHead head =
                new OriginalHead(original.kind(), original.mediaType(), content.size(), content.sha256(), true);
        if (!insert(head, name)) {
            return false;
        }
        Optional<Content.Frames> frames = content.frames();
        if (frames.isPresent()) {
            for (int from = 0; from < head.chunks(); from += AT_ONCE) {
                insert(head, name, from, frames.get().from(from, AT_ONCE));
            }
        } else {
            pack(content, head, name);
        }
        return true;
    }

    private void pack(Content content, OriginalHead head, UUID name) throws SQLException {
        try (DigestInputStream in = new DigestInputStream(content.open(), Sha256.digester())) {
            for (int ordinal = 0; ordinal < head.chunks(); ordinal++) {
                insert(head, name, ordinal, List.of(head.packed(in.readNBytes(OriginalHead.CHUNK))));
            }
            boolean whole =
                    in.read() < 0 && Sha256.from(in.getMessageDigest().digest()).equals(head.sha256());
            if (!whole) {
                throw Failure.of(Category.FAULT, "STO-4", "a file changed between receipt and storing")
                        .exception();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a received file cannot be read again", e);
        }
    }

    private boolean insert(OriginalHead head, UUID name) throws SQLException {
        Sql sql = Sql.of(
                "INSERT INTO original (person_id, content, size, received, head) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                person.value(),
                name,
                head.size(),
                now.atOffset(ZoneOffset.UTC),
                key.encrypt(head.bytes(), OriginalHead.context(person)));
        try (PreparedStatement insert = sql.prepare(connection)) {
            return insert.executeUpdate() == 1;
        }
    }

    private void insert(OriginalHead head, UUID name, int from, List<byte[]> packed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO original_chunk (person_id, content, ordinal, body) VALUES (?, ?, ?, ?)")) {
            for (int i = 0; i < packed.size(); i++) {
                int ordinal = from + i;
                insert.setObject(1, person.value());
                insert.setObject(2, name);
                insert.setInt(3, ordinal);
                insert.setBytes(4, key.encrypt(packed.get(i), head.chunkContext(person, ordinal)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
