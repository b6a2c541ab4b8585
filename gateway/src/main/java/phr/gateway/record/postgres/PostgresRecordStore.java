package phr.gateway.record.postgres;

import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Capacity;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.validate.Validated;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.Aggregates;
import phr.gateway.record.Entry;
import phr.gateway.record.Holding;
import phr.gateway.record.OriginalFile;
import phr.gateway.record.Portions;
import phr.gateway.record.Query;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Results;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;
import phr.gateway.record.Watchers;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;
import phr.gateway.record.postgres.SharedSaves.Done;
import phr.gateway.record.postgres.SharedSaves.Saving;
import phr.gateway.record.postgres.Standing.Ground;
import phr.gateway.record.sampled.SampledName;

/** Records in PostgreSQL. */
@Singleton
final class PostgresRecordStore implements RecordStore {

    private final Transactions transactions;
    private final Standing standing;
    private final DataKeys keys;
    private final Clock clock;
    private final SeriesCache series;
    private final SharedSaves shared;

    @Inject
    PostgresRecordStore(
            DataSource dataSource,
            TransactionManager manager,
            DataKeys keys,
            Clock clock,
            SeriesCache series,
            @All List<Watchers> watchers) {
        this.transactions = new Transactions(dataSource, manager);
        this.standing = new Standing(keys, clock);
        this.keys = keys;
        this.clock = clock;
        this.series = series;
        BatchWriter writer = new BatchWriter(standing, keys, series, Watchers.all(watchers), clock);
        this.shared = new SharedSaves(transactions, writer);
    }

    @Override
    public <T> T save(Permit permit, List<Validated> batches, Consumer<Stored> each, Function<Saved, T> rest) {
        List<Contribution> contributions =
                batches.stream().map(batch -> Contribution.of(permit, batch)).toList();
        Done<T> done = shared.save(new Saving<>(permit, contributions, rest));
        done.told().forEach(each);
        return done.result();
    }

    @Override
    public Optional<Entry> latest(Permit permit, String type, UUID id) {
        return one(permit, type, id, (blinding, packed) -> Selection.latest(permit, blinding, type + "/" + id, packed));
    }

    @Override
    public Optional<Entry> version(Permit permit, String type, UUID id, int version) {
        return one(
                        permit,
                        type,
                        id,
                        (blinding, packed) -> Selection.version(permit, blinding, type + "/" + id, version, packed))
                .filter(entry -> entry.version() == version);
    }

    private Optional<Entry> one(Permit permit, String type, UUID id, Documents selection) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<Ground> ground = standing.ground(connection, permit);
            if (ground.isEmpty()) {
                return Optional.empty();
            }
            Optional<Entry> document = ground.get().packedOnly(Set.of(type))
                    ? Optional.empty()
                    : document(connection, permit, selection, ground.get());
            Optional<Entry> found = document.isEmpty() && type.equals(SampleHit.TYPE)
                    ? samples(
                                    connection,
                                    permit,
                                    ground.get(),
                                    new Blinding(ground.get().key()))
                            .one(id)
                    : document;
            // What was found was read under the condition that the permit stands; nothing is found also when it does
            // not.
            if (found.isEmpty() || SampledName.possible(id)) {
                standing.confirm(connection, permit);
            }
            return found;
        });
    }

    private Optional<Entry> document(Connection connection, Permit permit, Documents selection, Ground ground)
            throws SQLException {
        Blinding blinding = new Blinding(ground.key());
        PackedSamples samples = samples(connection, permit, ground, blinding);
        try (PreparedStatement select =
                        selection.statement(blinding, samples::refersTo).prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new EntryReader(permit.subject(), permit.grants(), ground.key(), blinding, samples)
                            .entry(row))
                    : Optional.empty();
        }
    }

    private PackedSamples samples(Connection connection, Permit permit, Ground ground, Blinding blinding)
            throws SQLException {
        return new PackedSamples(connection, permit, ground.key(), ground.head(), series, blinding);
    }

    @Override
    public Results history(Permit permit, String type, UUID id) {
        Query samples = Query.of(Set.of(type + "/" + id));
        return stream(
                permit, (blinding, packed) -> Selection.history(permit, blinding, type + "/" + id, packed), samples);
    }

    @Override
    public Results search(Permit permit, Query query) {
        return stream(permit, (blinding, packed) -> Selection.many(permit, blinding, query, packed), query);
    }

    @Override
    public Portions aggregable(Permit permit, @Nullable CalendarUnit unit, Query query) {
        demandReading(permit);
        List<Grant> grants = new ArrayList<>(permit.grants());
        if (unit != null) {
            permit.aggregates().stream()
                    .filter(grant -> Aggregates.usable(grant, unit))
                    .forEach(grants::add);
        }
        return leased(lease -> new PortionsReader(lease, permit, standing, series).read(grants, unit, query));
    }

    private interface Opening<T> {
        T open(Lease lease) throws SQLException;
    }

    /** What it opens gives the connection back. */
    private <T> T leased(Opening<T> opening) {
        try {
            Lease lease = transactions.lease();
            try {
                return opening.open(lease);
            } catch (SQLException | RuntimeException e) {
                lease.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** A statement over documents. */
    private interface Documents {
        Sql statement(Blinding blinding, PackedReferrals packed);
    }

    private Results stream(Permit permit, Documents documents, Query query) {
        demandReading(permit);
        return leased(lease -> stream(lease, permit, documents, query));
    }

    private Results stream(Lease lease, Permit permit, Documents documents, Query query) throws SQLException {
        Optional<Ground> ground = standing.ground(lease.connection(), permit);
        if (ground.isEmpty()) {
            lease.close();
            return Results.NONE;
        }
        Blinding blinding = new Blinding(ground.get().key());
        PackedSamples samples = samples(lease.connection(), permit, ground.get(), blinding);
        EntryReader reader =
                new EntryReader(permit.subject(), permit.grants(), ground.get().key(), blinding, samples);
        MergedResults.Hits hits = samples.search(query);
        if (ground.get().packedOnly(query.types())) {
            return new MergedResults(new NoRows(lease), hits, lease, standing, permit, query);
        }
        Sql sql = documents.statement(blinding, samples::refersTo);
        if (hits.peek() == null) {
            hits.close();
            return new RowResults(lease, sql, reader, standing, permit, query.count(), query);
        }
        RowResults rows = new RowResults(lease, sql, reader, standing, permit, 0, query);
        return new MergedResults(rows, hits, lease, standing, permit, query);
    }

    @Override
    public long count(Permit permit, Query query) {
        demandReading(permit);
        long counted = transactions.read(connection -> {
            Optional<Ground> ground = standing.ground(connection, permit);
            if (ground.isEmpty()) {
                return 0L;
            }
            Blinding blinding = new Blinding(ground.get().key());
            PackedSamples samples = samples(connection, permit, ground.get(), blinding);
            boolean byRow = query.values().isEmpty() && !ground.get().packedOnly(query.types());
            long documents = byRow ? count(connection, Selection.count(permit, blinding, query, samples::refersTo)) : 0;
            long both = documents + samples.count(query);
            standing.confirm(connection, permit);
            return both;
        });
        return query.values().isEmpty() ? counted : counted + decrypted(permit, query.whole());
    }

    /** How many documents match: values have to be decrypted. */
    private long decrypted(Permit permit, Query query) {
        long count = 0;
        try (Results rows = leased(lease -> documents(lease, permit, query))) {
            for (; rows.hasNext(); rows.next()) {
                count++;
            }
        }
        return count;
    }

    private Results documents(Lease lease, Permit permit, Query query) throws SQLException {
        Optional<Ground> ground = standing.ground(lease.connection(), permit);
        if (ground.isEmpty() || ground.get().packedOnly(query.types())) {
            lease.close();
            return Results.NONE;
        }
        Blinding blinding = new Blinding(ground.get().key());
        PackedSamples samples = samples(lease.connection(), permit, ground.get(), blinding);
        EntryReader reader =
                new EntryReader(permit.subject(), permit.grants(), ground.get().key(), blinding, samples);
        Sql sql = Selection.many(permit, blinding, query, samples::refersTo);
        return new RowResults(lease, sql, reader, standing, permit, 0, query);
    }

    private static long count(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public boolean delete(Permit permit, String type, UUID id) {
        if (permit.request().capacity() != Capacity.SELF) {
            throw Failure.of(Category.FORBIDDEN, "STO-4", "only the person herself deletes")
                    .exception();
        }
        return transactions.write(connection -> {
            PersonLock.take(connection, permit.subject());
            Optional<Ground> ground = standing.ground(connection, permit);
            if (ground.isEmpty()) {
                return false;
            }
            if (type.equals(SampleHit.TYPE)) {
                unpack(connection, permit, ground.get(), id);
            }
            return new Deletion(connection, permit.subject(), ground.get().key(), type, id).execute(clock.instant());
        });
    }

    @Override
    public Optional<OriginalFile> original(Permit permit, UUID binary) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<Ground> ground = standing.ground(connection, permit);
            return ground.isEmpty() ? Optional.empty() : original(connection, permit, binary, ground.get());
        });
    }

    private Optional<OriginalFile> original(Connection connection, Permit permit, UUID binary, Ground ground)
            throws SQLException {
        DataKey key = ground.key();
        Blinding blinding = new Blinding(key);
        PackedSamples samples = samples(connection, permit, ground, blinding);
        Sql sql = Selection.original(permit, blinding, "Binary/" + binary, samples::refersTo);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                UUID name = row.getObject("original", UUID.class);
                byte[] context = OriginalHead.context(permit.subject());
                OriginalHead head = OriginalHead.parse(key.decrypt(row.getBytes("head"), context));
                OriginalStream content = new OriginalStream(transactions, standing, permit, name, head);
                return Optional.of(
                        new OriginalFile(head.kind(), head.mediaType(), head.size(), head.sha256(), content));
            }
        }
        standing.confirm(connection, permit);
        return Optional.empty();
    }

    @Override
    public List<Holding> sources(Permit permit) {
        demandReading(permit);
        SourceList sources = new SourceList();
        transactions.read(connection -> {
            Optional<Ground> ground = standing.ground(connection, permit);
            if (ground.isPresent()) {
                samples(
                                connection,
                                permit,
                                ground.get(),
                                new Blinding(ground.get().key()))
                        .list(sources);
            }
            return standing.confirm(connection, permit);
        });
        try (Results documents = leased(lease -> documents(lease, permit, SourceList.DOCUMENTS))) {
            documents.forEachRemaining(sources::document);
        }
        return sources.holdings();
    }

    @Override
    public Priority priority(Permit permit) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<DataKey> key = standing.confirm(connection, permit);
            return key.isEmpty() ? Priority.DEFAULT : new SourceOrder(connection, permit.subject(), key.get()).read();
        });
    }

    @Override
    public Priority reorder(Permit permit, int version, Map<String, List<LifelogSource>> stated) {
        SourceOrder.demand(permit);
        return transactions.write(connection -> {
            PersonLock.take(connection, permit.subject());
            Optional<DataKey> known = standing.confirm(connection, permit);
            DataKey key = known.isPresent() ? known.get() : keys.create(connection, permit.subject());
            return new SourceOrder(connection, permit.subject(), key).replace(version, stated);
        });
    }

    private void unpack(Connection connection, Permit permit, Ground ground, UUID id) throws SQLException {
        PackedSamples samples = samples(connection, permit, ground, new Blinding(ground.key()));
        new Unpacking(connection, permit.subject(), ground.key()).unpack(samples.found(id));
    }

    /** What somebody may write she may not therefore see; the person herself may. */
    private static void demandReading(Permit permit) {
        boolean writing = permit.action() == Action.CONTRIBUTE || permit.action() == Action.CORRECT;
        if (writing && permit.request().capacity() != Capacity.SELF) {
            throw Failure.of(Category.FORBIDDEN, "STO-3", "the permit is not for reading")
                    .exception();
        }
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return transactions.together(work);
    }
}
