package phr.gateway.record.postgres;

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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Capacity;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.validate.Validated;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.Aggregates;
import phr.gateway.record.Entry;
import phr.gateway.record.OriginalFile;
import phr.gateway.record.Query;
import phr.gateway.record.Query.Order;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Results;
import phr.gateway.record.Saved;

/** Records in PostgreSQL. */
@Singleton
final class PostgresRecordStore implements RecordStore {

    private final Transactions transactions;
    private final Standing standing;
    private final DataKeys keys;
    private final Clock clock;

    @Inject
    PostgresRecordStore(DataSource dataSource, TransactionManager manager, DataKeys keys, Clock clock) {
        this.transactions = new Transactions(dataSource, manager);
        this.standing = new Standing(keys, clock);
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Saved save(Permit permit, Validated batch) {
        Contribution contribution = Contribution.of(permit, batch);
        return transactions.write(connection -> {
            PersonLock.take(connection, permit.subject());
            Optional<DataKey> known = standing.confirm(connection, permit);
            DataKey key = known.isPresent() ? known.get() : keys.create(connection, permit.subject());
            return contribution.write(connection, key, clock.instant());
        });
    }

    @Override
    public Optional<Entry> latest(Permit permit, String type, UUID id) {
        return one(permit, blinding -> Selection.latest(permit, blinding, type + "/" + id));
    }

    @Override
    public Optional<Entry> version(Permit permit, String type, UUID id, int version) {
        return one(permit, blinding -> Selection.version(permit, blinding, type + "/" + id, version));
    }

    private Optional<Entry> one(Permit permit, Function<Blinding, Sql> selection) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<DataKey> key = standing.confirm(connection, permit);
            return key.isEmpty() ? Optional.empty() : one(connection, permit, selection, key.get());
        });
    }

    private Optional<Entry> one(Connection connection, Permit permit, Function<Blinding, Sql> selection, DataKey key)
            throws SQLException {
        Blinding blinding = new Blinding(key);
        try (PreparedStatement select = selection.apply(blinding).prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                return Optional.of(new EntryReader(permit.subject(), permit.grants(), key, blinding).entry(row));
            }
        }
        standing.confirm(connection, permit);
        return Optional.empty();
    }

    @Override
    public Results history(Permit permit, String type, UUID id) {
        return stream(
                permit,
                permit.grants(),
                blinding -> Selection.history(permit, blinding, type + "/" + id),
                0,
                Order.NEWEST);
    }

    @Override
    public Results search(Permit permit, Query query) {
        return stream(
                permit,
                permit.grants(),
                blinding -> Selection.many(permit, blinding, query),
                query.count(),
                query.order());
    }

    @Override
    public Results aggregable(Permit permit, CalendarUnit unit, Query query) {
        List<Grant> grants = new ArrayList<>(permit.grants());
        permit.aggregates().stream()
                .filter(grant -> Aggregates.usable(grant, unit))
                .forEach(grants::add);
        return stream(
                permit,
                grants,
                blinding -> Selection.aggregable(permit, grants, unit, blinding, query),
                query.count(),
                query.order());
    }

    private Results stream(
            Permit permit, List<Grant> grants, Function<Blinding, Sql> selection, int limit, Order order) {
        demandReading(permit);
        try {
            Lease lease = transactions.lease();
            try {
                return stream(lease, permit, grants, selection, limit, order);
            } catch (SQLException | RuntimeException e) {
                lease.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private Results stream(
            Lease lease, Permit permit, List<Grant> grants, Function<Blinding, Sql> selection, int limit, Order order)
            throws SQLException {
        Optional<DataKey> key = standing.confirm(lease.connection(), permit);
        if (key.isEmpty()) {
            lease.close();
            return Results.NONE;
        }
        Blinding blinding = new Blinding(key.get());
        EntryReader reader = new EntryReader(permit.subject(), grants, key.get(), blinding);
        return new RowResults(lease, selection.apply(blinding), reader, standing, permit, limit, order);
    }

    @Override
    public long count(Permit permit, Query query) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<DataKey> key = standing.confirm(connection, permit);
            if (key.isEmpty()) {
                return 0L;
            }
            long counted = count(connection, Selection.count(permit, new Blinding(key.get()), query));
            standing.confirm(connection, permit);
            return counted;
        });
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
            Optional<DataKey> key = standing.confirm(connection, permit);
            return key.isPresent()
                    && new Deletion(connection, permit.subject(), key.get(), type, id).execute(clock.instant());
        });
    }

    @Override
    public Optional<OriginalFile> original(Permit permit, UUID binary) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<DataKey> key = standing.confirm(connection, permit);
            return key.isEmpty() ? Optional.empty() : original(connection, permit, binary, key.get());
        });
    }

    private Optional<OriginalFile> original(Connection connection, Permit permit, UUID binary, DataKey key)
            throws SQLException {
        Sql sql = Selection.original(permit, new Blinding(key), "Binary/" + binary);
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
