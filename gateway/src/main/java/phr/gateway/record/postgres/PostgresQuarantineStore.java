package phr.gateway.record.postgres;

import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;
import phr.fhir.label.LabelTables;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.QuarantineStore;

/** The quarantine in PostgreSQL: a label among those of the row, or of the series. */
@Singleton
final class PostgresQuarantineStore implements QuarantineStore {

    private final Transactions transactions;
    private final DataKeys keys;
    private final LabelTables tables;

    PostgresQuarantineStore(DataSource dataSource, TransactionManager manager, DataKeys keys, LabelTables tables) {
        this.transactions = new Transactions(dataSource, manager);
        this.keys = keys;
        this.tables = tables;
    }

    @Override
    public List<Subject> current(PersonId person, String type, Collection<UUID> ids) {
        return transactions.read(connection -> {
            List<Subject> subjects = new ArrayList<>();
            Optional<DataKey> key = keys.find(connection, person);
            if (key.isPresent()) {
                LabelRows rows = new LabelRows(connection, person, key.get());
                for (UUID id : ids) {
                    rows.current(rows.ref(type + "/" + id))
                            .map(stored -> new Subject(
                                    type,
                                    id,
                                    stored.version(),
                                    null,
                                    stored.envelope().json()))
                            .ifPresent(subjects::add);
                }
            }
            return subjects;
        });
    }

    @Override
    public Optional<Subject> series(PersonId person, int number, UUID sample) {
        return transactions.read(connection -> {
            Optional<DataKey> key = keys.find(connection, person);
            return key.isEmpty()
                    ? Optional.empty()
                    : find(new SeriesRows(connection, person, key.get()), number)
                            .map(series -> new Subject(SampleHit.TYPE, sample, 1, number, series.example()));
        });
    }

    private static Optional<Series> find(SeriesRows rows, int number) throws SQLException {
        return rows.all().stream().filter(one -> one.number() == number).findFirst();
    }

    @Override
    public Set<UUID> label(PersonId person, Collection<Subject> subjects, boolean quarantined) {
        return transactions.write(connection -> {
            PersonLock.take(connection, person);
            Optional<DataKey> key = keys.find(connection, person);
            Set<UUID> standing = new HashSet<>();
            if (key.isEmpty()) {
                return standing;
            }
            LabelRows rows = new LabelRows(connection, person, key.get());
            StoredLabels labels = new StoredLabels(tables);
            Relabelling relabelling = new Relabelling(rows, labels);
            boolean changed = false;
            for (Subject subject : subjects) {
                if (subject.series() != null) {
                    SeriesRows series = new SeriesRows(connection, person, key.get());
                    changed |= label(series, subject.series(), quarantined);
                    standing.add(subject.id());
                    continue;
                }
                Optional<LabelRows.Stored> stored = rows.current(rows.ref(subject.type() + "/" + subject.id()))
                        .filter(now -> now.version() == subject.version());
                if (stored.isPresent()) {
                    LabelOrigin origin = labels.origin(stored.get().envelope());
                    if (origin.quarantined() != quarantined) {
                        relabelling.apply(stored.get(), origin.inQuarantine(quarantined));
                    }
                    standing.add(subject.id());
                }
            }
            if (relabelling.finish() || changed) {
                bump(connection, person);
            }
            return standing;
        });
    }

    private static void bump(Connection connection, PersonId person) throws SQLException {
        PostgresLabelStore.bump(connection, person);
    }

    /** @return whether the label was another one */
    private static boolean label(SeriesRows rows, int number, boolean quarantined) throws SQLException {
        Optional<Series> found =
                find(rows, number).filter(series -> series.labels().inQuarantine() != quarantined);
        if (found.isEmpty()) {
            return false;
        }
        Facts facts = found.get().shape().facts();
        rows.update(found.get()
                .labelled(new Facts(
                        facts.type(),
                        facts.id(),
                        facts.documentType(),
                        facts.source(),
                        facts.device(),
                        facts.categories(),
                        facts.codes(),
                        facts.authors(),
                        facts.linksOut(),
                        facts.labels().inQuarantine(quarantined),
                        facts.time(),
                        facts.basis())));
        return true;
    }
}
