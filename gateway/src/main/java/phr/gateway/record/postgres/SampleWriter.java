package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.fhir.validate.Document;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;
import phr.gateway.record.Watchers;
import phr.gateway.record.postgres.SampleFinder.Found;
import phr.gateway.record.series.Row;
import phr.gateway.record.series.SampleIds;

/**
 * Writes dense samples of one person. What is known and the same is a duplicate; what is known and differs leaves its chunk and
 * goes on as a document. The caller holds the person's lock. Made for one batch.
 */
final class SampleWriter {

    /** So many series a person has in any case. */
    private static final int MANY_SERIES = 500;

    /** Every version of a device's software is a series of its own: a long life with many devices has thousands. */
    private static final int MOST_SERIES = 5_000;

    /** Samples of one batch that make a series worth beginning where there are many. */
    private static final int WORTH = 16;

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Blinding blinding;
    private final Watchers watchers;
    private final Consumer<Stored> each;
    private final String ownNamespace;
    private final long now;
    private final SeriesRows rows;
    private final SeriesCache cache;
    private final KnownIds ids;
    private final ChunkRows chunks;
    private final DocumentIdentities identities;
    private final List<Series> series;
    private final Map<UUID, Series> byFingerprint = new HashMap<>();
    private final IdentityHashMap<Shape, Series> byShape = new IdentityHashMap<>();
    private final IdentityHashMap<Shape, UUID> fingerprints = new IdentityHashMap<>();
    private final IdentityHashMap<Shape, SampleIds> names = new IdentityHashMap<>();
    private final IdentityHashMap<Shape, byte[]> heads = new IdentityHashMap<>();
    private final IdentityHashMap<Shape, Integer> sizes = new IdentityHashMap<>();
    private final List<Document> documents = new ArrayList<>();
    private final Map<Integer, UUID> begun = new HashMap<>();
    private List<Sample> batch = List.of();
    private long stamp;

    /**
     * @param head null when she has no packed series
     * @param now to the millisecond
     */
    SampleWriter(
            Connection connection,
            PersonId person,
            DataKey key,
            Blinding blinding,
            SeriesCache cache,
            Watchers watchers,
            Consumer<Stored> each,
            String ownNamespace,
            @Nullable SeriesHead head,
            DocumentIdentities identities,
            Instant now)
            throws SQLException {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.blinding = blinding;
        this.watchers = watchers;
        this.each = each;
        this.ownNamespace = ownNamespace;
        this.now = now.toEpochMilli();
        this.rows = new SeriesRows(connection, person, key);
        this.cache = cache;
        this.ids = cache.ids();
        this.chunks = new ChunkRows(connection, person, key, ids, head == null ? 0 : head.content());
        this.identities = identities;
        this.series = head == null ? new ArrayList<>() : new ArrayList<>(cache.of(connection, person, key, head));
        series.forEach(one -> byFingerprint.put(one.key(), one));
    }

    /** What cannot be kept as a sample and has to be written as a document. */
    List<Document> documents() {
        return documents;
    }

    /** In rounds, each without a repeated id: the second time in one batch meets the first as stored. */
    Saved write(List<Sample> samples) throws SQLException {
        Saved saved = Saved.NOTHING;
        batch = samples;
        Map<UUID, Sample> round = new LinkedHashMap<>(samples.size() * 4 / 3 + 1);
        List<Sample> rest = samples;
        while (!rest.isEmpty()) {
            List<Sample> repeated = new ArrayList<>();
            for (Sample sample : rest) {
                if (!named(sample) || tooMany(sample.shape())) {
                    documents.add(Document.of(sample));
                } else if (round.putIfAbsent(sample.id(), sample) != null) {
                    repeated.add(sample);
                }
            }
            saved = saved.plus(writeRound(round));
            round.clear();
            rest = repeated;
        }
        return saved;
    }

    /** Samples that have come as documents this time, by the ids that they propose: they are packed no more. */
    void unpack(Set<UUID> ids) throws SQLException {
        new Unpacking(connection, person, key, chunks, identities)
                .unpack(finder().find(ids).values());
    }

    private SampleFinder finder() {
        return new SampleFinder(connection, person, key, series, SampleFinder.ALWAYS, ids, chunks);
    }

    /** Its id follows from its key, as it will when it is read again. */
    private boolean named(Sample sample) {
        SampleIds ids = names.computeIfAbsent(sample.shape(), shape -> new SampleIds(ownNamespace, person, shape));
        return ids.of(sample.key()).equals(sample.id());
    }

    /** Samples that have little in common are no series: beyond some hundreds of them, documents are smaller than series of few. */
    private boolean tooMany(Shape shape) {
        if (series.size() < MANY_SERIES || byFingerprint.containsKey(fingerprint(shape))) {
            return false;
        }
        if (sizes.isEmpty()) {
            batch.forEach(sample -> sizes.merge(sample.shape(), 1, Integer::sum));
        }
        return series.size() >= MOST_SERIES || sizes.getOrDefault(shape, 0) < WORTH;
    }

    private Saved writeRound(Map<UUID, Sample> round) throws SQLException {
        Map<UUID, Found> packed = finder().find(round.keySet());
        Set<UUID> unpacked = unpacked(round.values(), packed.keySet());
        List<Found> changed = new ArrayList<>();
        Map<Series, List<Row>> fresh = new IdentityHashMap<>();
        int duplicates = 0;
        for (Sample sample : round.values()) {
            Found known = packed.get(sample.id());
            if (known != null && same(known, sample)) {
                each.accept(new Stored(sample.id(), sample.id(), 1, Stored.Change.NONE));
                duplicates++;
            } else if (known != null) {
                changed.add(known);
                documents.add(Document.of(sample));
            } else if (unpacked.contains(sample.id())) {
                documents.add(Document.of(sample));
            } else {
                each.accept(new Stored(sample.id(), sample.id(), 1, Stored.Change.CREATED));
                fresh.computeIfAbsent(series(sample), one -> new ArrayList<>()).add(new Row(sample, now));
            }
        }
        new Unpacking(connection, person, key, chunks, identities).unpack(changed);
        int created = 0;
        for (List<Row> rows : fresh.values()) {
            rows.sort(Row.ORDER);
            created += rows.size();
        }
        chunks.insert(chunks.pack(fresh, true));
        watchers.stored(
                connection,
                person,
                new Watchers.Written(
                        Set.of(),
                        Map.copyOf(begun),
                        type -> type.equals(SampleHit.TYPE) ? ids(fresh.values()) : List.of()));
        if (!begun.isEmpty()) {
            cache.grown(person, key, stamp, series);
            begun.clear();
        }
        return new Saved(created, 0, duplicates, 0);
    }

    private static List<UUID> ids(Collection<List<Row>> rows) {
        return rows.stream().flatMap(List::stream).map(row -> row.sample().id()).toList();
    }

    private boolean same(Found known, Sample sample) {
        Sample stored = known.row().sample();
        return stored.start().equals(sample.start())
                && Objects.equals(stored.end(), sample.end())
                && Objects.equals(stored.issued(), sample.issued())
                && stored.numbers().equals(sample.numbers())
                && known.series().key().equals(fingerprint(sample.shape()));
    }

    private UUID fingerprint(Shape shape) {
        return fingerprints.computeIfAbsent(shape, one -> rows.fingerprint(one, ownNamespace));
    }

    private Series series(Sample sample) throws SQLException {
        Shape shape = sample.shape();
        Series known = byShape.get(shape);
        if (known != null) {
            return known;
        }
        UUID fingerprint = fingerprint(shape);
        Series found = byFingerprint.get(fingerprint);
        if (found == null) {
            int number = series.stream().mapToInt(Series::number).max().orElse(0) + 1;
            found = rows.insert(number, fingerprint, shape, ownNamespace);
            stamp = SeriesHead.moved(connection, person);
            series.add(found);
            byFingerprint.put(fingerprint, found);
            begun.put(number, sample.id());
        }
        byShape.put(shape, found);
        return found;
    }

    /** Ids of samples whose identity stands among the documents. */
    private Set<UUID> unpacked(Collection<Sample> samples, Set<UUID> packed) throws SQLException {
        if (!identities.any()) {
            return Set.of();
        }
        identities.expect(samples.size() - packed.size());
        Map<UUID, UUID> asked = new HashMap<>();
        for (Sample sample : samples) {
            if (!packed.contains(sample.id())) {
                Shape shape = sample.shape();
                byte[] head = heads.computeIfAbsent(shape, one -> Blinding.identities(one.namespace(), one.prefix()));
                UUID identity = blinding.identity(head, sample.key());
                if (identities.mayHold(identity)) {
                    asked.put(identity, sample.id());
                }
            }
        }
        return identities.among(asked.keySet()).stream().map(asked::get).collect(Collectors.toSet());
    }
}
