package phr.gateway.record.postgres;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Row;

/**
 * A chunk that is not written yet.
 *
 * @param last where its last sample starts
 * @param end the latest end
 * @param updated when the last of them was stored
 * @param ids what is kept of the ids of a fresh one, in the order of its samples; null for a settled one
 * @param days sums of the days of a settled one: a fresh one is small, and soon written anew
 */
record PackedChunk(
        Address address,
        long last,
        long end,
        int samples,
        long updated,
        long @Nullable [] ids,
        byte[] body,
        byte @Nullable [] days) {

    /** @param rows in order */
    static PackedChunk of(PersonId person, DataKey key, Series series, List<Row> rows, boolean fresh) {
        long id = ThreadLocalRandom.current().nextLong();
        long end = Long.MIN_VALUE;
        long updated = Long.MIN_VALUE;
        for (Row row : rows) {
            end = Math.max(end, row.sample().to());
            updated = Math.max(updated, row.updated());
        }
        return new PackedChunk(
                new Address(series.number(), rows.get(0).sample().from(), id),
                rows.get(rows.size() - 1).sample().from(),
                end,
                rows.size(),
                updated,
                fresh ? ids(rows) : null,
                key.encrypt(Chunk.encode(series.shape(), rows), ChunkRows.context(person, id)),
                fresh ? null : key.encrypt(Chunk.encodeDays(series.shape(), rows), ChunkRows.daysContext(person, id)));
    }

    private static long[] ids(List<Row> rows) {
        return rows.stream().mapToLong(row -> IdPage.kept(row.sample().id())).toArray();
    }
}
