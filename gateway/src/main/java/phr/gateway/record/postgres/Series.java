package phr.gateway.record.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phr.consent.Obligation;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.Labels;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.gateway.record.Entry;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.series.SampleIds;

/**
 * A series as stored.
 *
 * @param number of the series within the record
 * @param key fingerprint of the shape
 * @param shape with the labels that the tables of the day give
 * @param ownNamespace this gateway's source namespace when the series began
 * @param meta of its samples, behind the time of storing
 * @param counting null when all sources of what it measures count
 */
record Series(
        int number,
        UUID key,
        Shape shape,
        String ownNamespace,
        String meta,
        @Nullable Counting counting) {

    private static final Moment SOME_START = Objects.requireNonNull(Moment.parse("2000-01-01T00:00:00Z"));
    private static final Moment SOME_END = Objects.requireNonNull(Moment.parse("2000-01-01T00:00:01Z"));
    private static final byte[] HEAD = ascii("{\"resourceType\":\"Observation\",\"id\":\"");

    static Series of(int number, UUID key, Shape shape, String ownNamespace) {
        String meta = Meta.behindTime(
                new SourceIdentity(shape.namespace(), shape.prefix(), null),
                shape.profiles(),
                shape.facts().labels(),
                shape.facts().basis().hits());
        Series bare = new Series(number, key, shape, ownNamespace, meta, null);
        boolean counted =
                Contest.of(shape.tokens().getOrDefault("code", Set.of()), "").isPresent();
        return counted ? new Series(number, key, shape, ownNamespace, meta, Counting.of(bare)) : bare;
    }

    SampleIds ids(PersonId person) {
        return new SampleIds(ownNamespace, person, shape);
    }

    SourceIdentity identity(String sampleKey) {
        return new SourceIdentity(shape.namespace(), shape.prefix() + sampleKey, shape.version());
    }

    Set<String> categories() {
        return shape.facts().categories().values();
    }

    Labels labels() {
        return shape.facts().labels();
    }

    List<String> links() {
        return List.copyOf(shape.facts().linksOut());
    }

    LabelBasis basis() {
        return shape.facts().basis();
    }

    /** The same series with labels made anew. */
    Series labelled(Facts facts) {
        Shape labelled = new Shape(
                shape.holes(),
                shape.pieces(),
                facts,
                shape.namespace(),
                shape.prefix(),
                shape.version(),
                shape.profiles(),
                shape.tokens(),
                shape.identifierSystem());
        return of(number, key, labelled, ownNamespace);
    }

    /** Writes its samples as they are served, into a buffer of its own. Not thread-safe. */
    Writer writer() {
        return new Writer(this);
    }

    /** One sample after the other. */
    static final class Writer {

        private final Series series;
        private final byte[] meta;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        private long updated = Long.MIN_VALUE;
        private byte[] written = new byte[0];

        private Writer(Series series) {
            this.series = series;
            this.meta = series.meta.getBytes(StandardCharsets.UTF_8);
        }

        /** @param milliseconds when it was stored */
        byte[] json(Sample sample, long milliseconds) {
            if (milliseconds != updated) {
                updated = milliseconds;
                written = ascii(Meta.beforeRest(1, Instant.ofEpochMilli(milliseconds)));
            }
            out.reset();
            out.writeBytes(HEAD);
            out.writeBytes(ascii(sample.id().toString()));
            out.write('"');
            out.writeBytes(written);
            out.writeBytes(meta);
            series.shape.write(sample, out);
            return out.toByteArray();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One that stands for any of its samples: the value of each quantity is its place among them. */
    byte[] example() {
        int numbers = Collections.frequency(shape.holes(), Hole.NUMBER);
        Sample example = new Sample(
                shape,
                Shape.NOBODY,
                "",
                SOME_START,
                SOME_END,
                SOME_START,
                IntStream.range(0, numbers).mapToObj(i -> new Decimal(i, 0)).toList());
        return writer().json(example, 0);
    }

    /** The example as it is permitted. */
    Entry example(Set<Obligation> obligations) {
        return new Entry(
                SampleHit.TYPE,
                Shape.NOBODY,
                1,
                Instant.EPOCH,
                identity(""),
                categories(),
                DataTime.UNKNOWN,
                example(),
                obligations,
                Set.of(),
                false);
    }

    /** What the labels of its samples are made from; null when it is not known. */
    @Nullable
    LabelOrigin origin() {
        return LabelOrigin.of(shape.facts(), null);
    }
}
