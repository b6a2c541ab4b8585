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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.label.LabelTables;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.LabelStore;
import phr.gateway.record.postgres.LabelRows.Stored;
import phr.gateway.record.postgres.StoredLabels.Relabelled;

/** Labels in PostgreSQL: columns of the document and its encrypted JSON, always together. */
@Singleton
final class PostgresLabelStore implements LabelStore {

    private static final int BATCH = 500;
    private static final List<String> TABLES = List.of("document", "document_history");

    private final Transactions transactions;
    private final Standing standing;
    private final DataKeys keys;
    private final LabelTables tables;
    private final SeriesCache series;

    @Inject
    PostgresLabelStore(
            DataSource dataSource,
            TransactionManager manager,
            DataKeys keys,
            Clock clock,
            LabelTables tables,
            SeriesCache series) {
        this.transactions = new Transactions(dataSource, manager);
        this.standing = new Standing(keys, clock);
        this.keys = keys;
        this.tables = tables;
        this.series = series;
    }

    @Override
    public Optional<Labelled> add(Permit permit, String type, UUID id, Labels added) {
        return change(permit, type + "/" + id, origin -> {
            Labels before = origin.added();
            return origin.with(before == null ? added : union(before, added));
        });
    }

    @Override
    public Optional<Labelled> remove(Permit permit, String type, UUID id, Labels removed) {
        return change(permit, type + "/" + id, origin -> origin.with(without(origin.added(), removed)))
                .map(labelled -> {
                    demandGone(labelled.labels(), removed);
                    return labelled;
                });
    }

    /** Labelled as soon as one of them could settle it. */
    private static Labels union(Labels one, Labels other) {
        Labels sum = new Labels(true, one.confidentiality(), one.sensitivities())
                .raisedBy(new Labels(true, other.confidentiality(), other.sensitivities()));
        return new Labels(one.labelled() || other.labelled(), sum.confidentiality(), sum.sensitivities());
    }

    private static @Nullable Labels without(@Nullable Labels added, Labels removed) {
        if (added == null) {
            return null;
        }
        Set<String> rest = new HashSet<>(added.sensitivities());
        rest.removeAll(removed.sensitivities());
        boolean level =
                removed.confidentiality() != Confidentiality.U && added.confidentiality() == removed.confidentiality();
        if (rest.isEmpty() && (level || added.confidentiality() == Confidentiality.U)) {
            return null;
        }
        return new Labels(added.labelled(), level ? Confidentiality.U : added.confidentiality(), rest);
    }

    private static void demandGone(Labels now, Labels removed) {
        boolean level = now.labelled()
                && removed.confidentiality() != Confidentiality.U
                && now.confidentiality() == removed.confidentiality();
        if (level || removed.sensitivities().stream().anyMatch(now.sensitivities()::contains)) {
            throw Failure.of(
                            Category.CONFLICT,
                            "label-kept",
                            "a label set by a table, the catalogue or the source stays; sharing it is a consent")
                    .exception();
        }
    }

    private Optional<Labelled> change(Permit permit, String reference, Function<LabelOrigin, LabelOrigin> act) {
        return transactions.write(connection -> {
            PersonLock.take(connection, permit.subject());
            Optional<Standing.Ground> ground = standing.ground(connection, permit);
            if (ground.isEmpty()) {
                return Optional.empty();
            }
            unpack(connection, permit, reference, ground.get());
            DataKey key = ground.get().key();
            if (!visible(connection, permit, reference, key)) {
                return Optional.empty();
            }
            LabelRows rows = new LabelRows(connection, permit.subject(), key);
            StoredLabels labels = new StoredLabels(tables);
            Optional<Stored> stored = rows.current(rows.ref(reference));
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            Relabelling relabelling = new Relabelling(rows, labels);
            LabelOrigin origin = labels.origin(stored.get().envelope());
            Relabelled relabelled = relabelling.apply(stored.get(), act.apply(origin));
            if (relabelling.finish()) {
                bump(connection, permit.subject());
            }
            return Optional.of(new Labelled(relabelled.labels(), relabelled.hits()));
        });
    }

    /** A sample that is labelled by itself is dense no more. */
    private void unpack(Connection connection, Permit permit, String reference, Standing.Ground ground)
            throws SQLException {
        SeriesHead head = ground.head();
        if (head != null && reference.startsWith(SampleHit.TYPE + "/")) {
            PackedSamples samples =
                    new PackedSamples(connection, permit, ground.key(), head, series, new Blinding(ground.key()));
            if (!samples.visible(Set.of(reference)).isEmpty()) {
                UUID id = UUID.fromString(reference.substring(SampleHit.TYPE.length() + 1));
                new Unpacking(connection, permit.subject(), ground.key()).unpack(samples.found(id));
            }
        }
    }

    private static boolean visible(Connection connection, Permit permit, String reference, DataKey key)
            throws SQLException {
        try (PreparedStatement select = Selection.latest(permit, new Blinding(key), reference, PackedReferrals.NONE)
                        .prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    @Override
    public List<PersonId> persons(@Nullable PersonId after, int count) {
        UUID start = after == null ? new UUID(0, 0) : after.value();
        Sql sql =
                Sql.of("SELECT person_id FROM person_key WHERE person_id > ? ORDER BY person_id LIMIT " + count, start);
        return transactions.read(connection -> {
            List<PersonId> persons = new ArrayList<>();
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    persons.add(new PersonId(rows.getObject(1, UUID.class)));
                }
            }
            return persons;
        });
    }

    @Override
    public void relabel(PersonId person, LabelTables other) {
        StoredLabels labels = new StoredLabels(other);
        transactions.write(connection -> series(connection, person, labels));
        for (String table : TABLES) {
            Optional<Stored> last = transactions.write(connection -> batch(connection, person, table, null, labels));
            while (last.isPresent()) {
                Stored before = last.get();
                last = transactions.write(connection -> batch(connection, person, table, before, labels));
            }
        }
    }

    private boolean series(Connection connection, PersonId person, StoredLabels labels) throws SQLException {
        PersonLock.take(connection, person);
        Optional<DataKey> key = keys.find(connection, person);
        boolean changed = key.isPresent() && new SeriesLabels(connection, person, key.get(), labels).again();
        if (changed) {
            bump(connection, person);
        }
        return changed;
    }

    /** The last document of the batch; empty behind the last batch. */
    private Optional<Stored> batch(
            Connection connection, PersonId person, String table, @Nullable Stored before, StoredLabels labels)
            throws SQLException {
        PersonLock.take(connection, person);
        Optional<DataKey> key = keys.find(connection, person);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        LabelRows rows = new LabelRows(connection, person, key.get());
        long ref = before == null ? Long.MIN_VALUE : before.ref();
        List<Stored> page = rows.page(table, ref, before == null ? -1 : before.version(), BATCH);
        Relabelling relabelling = new Relabelling(rows, labels);
        for (Stored stored : page) {
            relabelling.again(stored);
        }
        if (relabelling.finish()) {
            bump(connection, person);
        }
        return page.size() < BATCH ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    }

    /** Whoever reads asks again what she may see. */
    static void bump(Connection connection, PersonId person) throws SQLException {
        Sql sql = Sql.of(
                "INSERT INTO consent_epoch (person_id, epoch) VALUES (?, 1)"
                        + " ON CONFLICT (person_id) DO UPDATE SET epoch = consent_epoch.epoch + 1",
                person.value());
        try (PreparedStatement bump = sql.prepare(connection)) {
            bump.executeUpdate();
        }
    }
}
