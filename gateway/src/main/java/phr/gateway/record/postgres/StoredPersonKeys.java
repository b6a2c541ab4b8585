package phr.gateway.record.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.PersonKeys;

/** The same data keys as the record's; contexts cannot meet those of documents. */
@Singleton
final class StoredPersonKeys implements PersonKeys {

    private final Transactions transactions;
    private final DataKeys keys;

    @Inject
    StoredPersonKeys(DataSource dataSource, TransactionManager manager, DataKeys keys) {
        this.transactions = new Transactions(dataSource, manager);
        this.keys = keys;
    }

    @Override
    public byte[] seal(PersonId person, String context, byte[] plain) {
        return transactions.write(connection -> key(connection, person)).encrypt(plain, PersonKeys.bound(context));
    }

    @Override
    public Opening opening(PersonId person) {
        // Who is erased while something is asked about her has no key any more.
        DataKey key = transactions
                .read(connection -> keys.find(connection, person))
                .orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "no such person")
                        .exception());
        return (context, box) -> key.decrypt(box, PersonKeys.bound(context));
    }

    @Override
    public boolean known(PersonId person) {
        return transactions.read(connection -> keys.find(connection, person)).isPresent();
    }

    private DataKey key(Connection connection, PersonId person) throws SQLException {
        Optional<DataKey> known = keys.find(connection, person);
        if (known.isPresent()) {
            return known.get();
        }
        PersonLock.take(connection, person);
        Optional<DataKey> meanwhile = keys.find(connection, person);
        return meanwhile.isPresent() ? meanwhile.get() : keys.create(connection, person);
    }
}
