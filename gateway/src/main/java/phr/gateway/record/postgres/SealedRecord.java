package phr.gateway.record.postgres;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.SealedColumn;

/** What the record holds encrypted, with what each body is bound to. */
@Singleton
final class SealedRecord implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(
                SealedColumn.of("document", List.of("person_id", "ref"), "body", SealedRecord::document)
                        .with("t.type", "t.id", "t.version"),
                SealedColumn.of(
                                "document_history",
                                List.of("person_id", "ref", "version"),
                                "body",
                                SealedRecord::document)
                        .with("t.type", "t.id"),
                SealedColumn.of(
                        "original",
                        List.of("person_id", "content"),
                        "head",
                        (person, key, row) -> OriginalHead.context(person)),
                SealedColumn.of(
                                "original_chunk",
                                List.of("person_id", "content", "ordinal"),
                                "body",
                                SealedRecord::originalChunk)
                        .with("o.head")
                        .through("JOIN original o ON o.person_id = t.person_id AND o.content = t.content"
                                + " JOIN person_key p ON p.person_id = t.person_id")
                        .large(),
                SealedColumn.of(
                                "series",
                                List.of("person_id", "number"),
                                "body",
                                (person, key, row) -> SeriesBody.context(person, row.getObject("shape", UUID.class)))
                        .with("t.shape"),
                SealedColumn.of(
                        "sample_chunk",
                        List.of("person_id", "series", "first_from", "id"),
                        "body",
                        (person, key, row) -> ChunkRows.context(person, row.getLong("id"))),
                SealedColumn.of(
                        "sample_chunk",
                        List.of("person_id", "series", "first_from", "id"),
                        "days",
                        (person, key, row) -> ChunkRows.daysContext(person, row.getLong("id"))),
                SealedColumn.of(
                        "sample_index",
                        List.of("person_id", "run", "page"),
                        "body",
                        (person, key, row) -> IdIndex.context(person, row.getInt("run"), row.getInt("page"))),
                SealedColumn.of(
                        "source_order",
                        List.of("person_id"),
                        "content",
                        (person, key, row) -> SourceOrder.context(person)));
    }

    private static byte[] document(PersonId person, DataKey key, ResultSet row) throws SQLException {
        return Envelope.context(person, row.getString("type"), row.getObject("id", UUID.class), row.getInt("version"));
    }

    private static byte[] originalChunk(PersonId person, DataKey key, ResultSet row) throws SQLException {
        OriginalHead head = OriginalHead.parse(key.decrypt(row.getBytes("head"), OriginalHead.context(person)));
        return head.chunkContext(person, row.getInt("ordinal"));
    }
}
