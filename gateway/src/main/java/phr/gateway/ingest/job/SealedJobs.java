package phr.gateway.ingest.job;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Jobs and their bytes among what is encrypted with a person's key. */
@Singleton
final class SealedJobs implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        Stream<SealedColumn> jobs = Stream.of("origin", "progress", "ending", "purge")
                .map(column -> SealedColumn.of(
                        "ingest_job",
                        List.of("id"),
                        column,
                        (person, key, row) ->
                                PersonKeys.bound(JobRows.context(row.getObject("id", UUID.class), column))));
        SealedColumn pieces = SealedColumn.of(
                        "ingest_piece",
                        List.of("job", "ordinal"),
                        "body",
                        (person, key, row) -> PersonKeys.bound(
                                Pieces.context(row.getObject("job", UUID.class), row.getInt("ordinal"))))
                .large();
        SealedColumn created = SealedColumn.of(
                        "ingest_created",
                        List.of("job", "batch"),
                        "body",
                        (person, key, row) -> PersonKeys.bound(
                                CreatedRows.context(row.getObject("job", UUID.class), row.getInt("batch"))))
                .large();
        return Stream.concat(jobs, Stream.of(pieces, created)).toList();
    }
}
