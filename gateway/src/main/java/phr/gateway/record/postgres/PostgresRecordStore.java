package phr.gateway.record.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.validate.Validated;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.Entry;
import phr.gateway.record.OriginalFile;
import phr.gateway.record.Query;
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
    public Optional<Entry> read(Permit permit, String type, UUID id) {
        demandReading(permit);
        return transactions.read(connection -> {
            Optional<DataKey> key = standing.confirm(connection, permit);
            return key.isEmpty() ? Optional.empty() : read(connection, permit, type + "/" + id, key.get());
        });
    }

    private Optional<Entry> read(Connection connection, Permit permit, String reference, DataKey key)
            throws SQLException {
        Blinding blinding = new Blinding(key);
        try (PreparedStatement select =
                        Selection.one(permit, blinding, reference).prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                return Optional.of(new EntryReader(permit, key, blinding).entry(row));
            }
        }
        standing.confirm(connection, permit);
        return Optional.empty();
    }

    @Override
    public Results search(Permit permit, Query query) {
        demandReading(permit);
        try {
            Lease lease = transactions.lease();
            try {
                return search(lease, permit, query);
            } catch (SQLException | RuntimeException e) {
                lease.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private Results search(Lease lease, Permit permit, Query query) throws SQLException {
        Optional<DataKey> key = standing.confirm(lease.connection(), permit);
        if (key.isEmpty()) {
            lease.close();
            return new EmptyResults();
        }
        Blinding blinding = new Blinding(key.get());
        Sql sql = Selection.many(permit, blinding, query);
        EntryReader reader = new EntryReader(permit, key.get(), blinding);
        return new RowResults(lease, sql, reader, standing, permit, query.count());
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
