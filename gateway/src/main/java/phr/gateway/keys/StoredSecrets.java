package phr.gateway.keys;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The root of the secrets, wrapped by the master key in the one row of {@code installation_secret}. Written by itself: a root
 * that is in use must not vanish with somebody's transaction.
 */
@Singleton
final class StoredSecrets implements Secrets {

    static final byte[] OWNER = "installation".getBytes(StandardCharsets.US_ASCII);

    private final javax.sql.DataSource database;
    private final MasterKeys masterKeys;
    private @Nullable Secrets known;

    @Inject
    StoredSecrets(@DataSource("audit") javax.sql.DataSource database, MasterKeys masterKeys) {
        this.database = database;
        this.masterKeys = masterKeys;
    }

    @Override
    public synchronized byte[] of(String purpose) {
        Secrets secrets = known;
        if (secrets == null) {
            secrets = Secrets.from(masterKeys.unwrap(root(), OWNER));
            known = secrets;
        }
        return secrets.of(purpose);
    }

    private byte[] root() {
        try (Connection connection = database.getConnection()) {
            Optional<byte[]> stored = stored(connection);
            if (stored.isPresent()) {
                return stored.get();
            }
            insert(connection);
            return stored(connection).orElseThrow();
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "KEY-6", "the secrets of the installation cannot be read now")
                    .exception();
        }
    }

    private static Optional<byte[]> stored(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT wrapped FROM installation_secret");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** Of two gateways that start at once one is first, and its root counts. */
    private void insert(Connection connection) throws SQLException {
        byte[] root = new byte[MasterKey.LENGTH];
        new SecureRandom().nextBytes(root);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO installation_secret (one, wrapped) VALUES (TRUE, ?) ON CONFLICT DO NOTHING")) {
            insert.setBytes(1, masterKeys.wrap(root, OWNER));
            insert.executeUpdate();
        }
    }
}
