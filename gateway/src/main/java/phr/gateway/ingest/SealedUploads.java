package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Held files among what is encrypted with a person's key. */
@Singleton
final class SealedUploads implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(
                SealedColumn.of(
                        "held_upload",
                        List.of("id"),
                        "head",
                        (person, key, row) ->
                                PersonKeys.bound(HeldUploads.context(row.getObject("id", UUID.class), "head"))),
                SealedColumn.of(
                                "held_upload_piece",
                                List.of("held", "ordinal"),
                                "body",
                                (person, key, row) -> PersonKeys.bound(HeldUploads.context(
                                        row.getObject("held", UUID.class), String.valueOf(row.getInt("ordinal")))))
                        .through("JOIN held_upload p ON p.id = t.held")
                        .large());
    }
}
