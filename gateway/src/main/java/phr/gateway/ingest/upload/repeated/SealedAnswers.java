package phr.gateway.ingest.upload.repeated;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Kept answers among what is encrypted with a person's key. */
@Singleton
final class SealedAnswers implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(SealedColumn.of(
                "ingest_answer",
                List.of("person_id", "request"),
                "answer",
                (person, key, row) -> PersonKeys.bound(KeptAnswers.context(row.getObject("request", UUID.class)))));
    }
}
