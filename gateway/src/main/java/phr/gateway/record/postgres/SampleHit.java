package phr.gateway.record.postgres;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import phr.consent.Obligation;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Entry;
import phr.gateway.record.series.Chunk;

/**
 * A permitted sample that was found.
 *
 * @param obligations of the grant that permits it
 */
record SampleHit(Series series, Series.Writer writer, Chunk chunk, int index, UUID id, Set<Obligation> obligations)
        implements Hit {

    static final String TYPE = "Observation";

    @Override
    public long from() {
        return chunk.from(index);
    }

    @Override
    public long updated() {
        return chunk.updated(index);
    }

    /** Samples refer to nobody but the person, who is never hidden. */
    @Override
    public Entry entry() {
        return new Entry(
                TYPE,
                id,
                1,
                Instant.ofEpochMilli(updated()),
                series.identity(chunk.key(index)),
                series.categories(),
                DataTime.between(Micros.instant(from()), Micros.instant(chunk.to(index))),
                writer.json(chunk.sample(index, id), updated()),
                obligations,
                Set.of(),
                false);
    }
}
