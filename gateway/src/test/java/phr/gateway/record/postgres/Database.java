package phr.gateway.record.postgres;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import phr.deploy.postgres.LocalPostgres;
import phr.fhir.PersonId;

/** A real PostgreSQL with the migrations, behind the pool and the transaction manager that the product uses. */
public final class Database implements AutoCloseable {

    private final LocalPostgres postgres;
    private final AgroalDataSource dataSource;
    private final TransactionManager manager;

    public Database(Path directory) throws SQLException {
        keepTransactionLogsIn(directory.resolve("transactions"));
        manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        postgres = LocalPostgres.start(directory);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.username(), postgres.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        TransactionSynchronizationRegistry registry =
                new com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple();
        dataSource = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(6)
                        .acquisitionTimeout(Duration.ofSeconds(20))
                        .transactionIntegration(new NarayanaTransactionIntegration(manager, registry))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(postgres.jdbcUrl())
                                .principal(new NamePrincipal(postgres.username()))
                                .credential(new SimplePassword(postgres.password())))));
    }

    /** Else the transaction manager makes directories where the tests run, and opens a port. */
    private static void keepTransactionLogsIn(Path directory) {
        arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
        for (String store : new String[] {"default", "stateStore", "communicationStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir(directory.toString());
        }
    }

    public AgroalDataSource dataSource() {
        return dataSource;
    }

    public TransactionManager manager() {
        return manager;
    }

    public void changeConsents(PersonId person) {
        run(
                "INSERT INTO consent_epoch (person_id, epoch) VALUES (?, 1)"
                        + " ON CONFLICT (person_id) DO UPDATE SET epoch = consent_epoch.epoch + 1",
                person);
    }

    public void run(String sql, PersonId person) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, person.value());
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public long count(String sql, PersonId person) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, person.value());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether somebody waits for a person's lock. */
    boolean waiting() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
        postgres.close();
    }
}
