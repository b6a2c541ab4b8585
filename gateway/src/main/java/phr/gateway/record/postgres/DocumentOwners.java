package phr.gateway.record.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.gateway.record.Owners;

/** Owners from table {@code document_id}: an id belongs to one record at most. */
@Singleton
final class DocumentOwners implements Owners {

    private final Transactions transactions;

    @Inject
    DocumentOwners(DataSource dataSource, TransactionManager manager) {
        this.transactions = new Transactions(dataSource, manager);
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
