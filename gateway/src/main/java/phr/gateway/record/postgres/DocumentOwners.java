package phr.gateway.record.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.Owners;
import phr.gateway.record.sampled.SampledName;

/** Owners from table {@code document_id}: an id belongs to one record at most. Samples are found in their indexes. */
@Singleton
final class DocumentOwners implements Owners {

    private final Transactions transactions;
    private final DataKeys keys;
    private final SeriesCache series;

    @Inject
    DocumentOwners(DataSource dataSource, TransactionManager manager, DataKeys keys, SeriesCache series) {
        this.transactions = new Transactions(dataSource, manager);
        this.keys = keys;
        this.series = series;
    }

    @Override
    public Optional<PersonId> owner(String type, UUID id) {
        Sql sql = Sql.of("SELECT person_id FROM document_id WHERE id = ? AND type = ?", id, type);
        return transactions.read(connection -> {
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new PersonId(row.getObject(1, UUID.class))) : Optional.empty();
            }
        });
    }

    @Override
    public Optional<PersonId> ofSample(UUID id, Set<PersonId> persons, @Nullable String organisation) {
        if (SampledName.possible(id)) {
            return transactions.read(
                    connection -> new SampleOwners(connection, keys).ofSampled(id, persons, organisation));
        }
        return transactions.read(connection -> {
            for (PersonId person : new SampleOwners(connection, keys).candidates(id, persons, organisation)) {
                Optional<DataKey> key = keys.find(connection, person);
                Optional<SeriesHead> head = SeriesHead.load(connection, person);
                if (key.isPresent() && head.isPresent()) {
                    List<Series> all = series.of(connection, person, key.get(), head.get());
                    KnownIds ids = series.ids();
                    ChunkRows chunks = new ChunkRows(
                            connection, person, key.get(), ids, head.get().content());
                    SampleFinder finder =
                            new SampleFinder(connection, person, key.get(), all, SampleFinder.ALWAYS, ids, chunks);
                    if (!finder.find(Set.of(id)).isEmpty()) {
                        return Optional.of(person);
                    }
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public Set<UUID> ofOthers(PersonId person, Set<UUID> ids) {
        Sql sql = Sql.of(
                "SELECT DISTINCT id FROM document_id WHERE id = ANY(?) AND person_id <> ?",
                ids.toArray(UUID[]::new),
                person.value());
        return transactions.read(connection -> {
            Set<UUID> others = new HashSet<>();
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    others.add(rows.getObject(1, UUID.class));
                }
            }
            return others;
        });
    }
}
