package phr.gateway.transfer;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.gateway.database.DatabaseFailure;

/** Which packages were imported, with the first answer to each; and the namespaces they came from. */
@Singleton
class ImportLog {

    private final DataSource database;
    private final Clock clock;

    ImportLog(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The first answer.
     *
     * @param json receipt as it was sent
     */
    record Receipt(Sha256 tagManifest, byte[] json) {}

    Optional<Receipt> receipt(PersonId person, UUID packageId) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT tag_manifest, receipt FROM import_receipt WHERE person_id = ? AND package_id = ?")) {
            select.setObject(1, person.value());
            select.setObject(2, packageId);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Receipt(
                                Sha256.from(row.getBytes(1)), row.getString(2).getBytes(StandardCharsets.UTF_8)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    void add(PersonId person, UUID packageId, Receipt receipt) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO import_receipt (person_id, package_id, tag_manifest, imported, receipt)"
                                + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setObject(1, person.value());
            insert.setObject(2, packageId);
            insert.setBytes(3, receipt.tagManifest().bytes());
            insert.setTimestamp(4, Timestamp.from(clock.instant()));
            insert.setString(5, new String(receipt.json(), StandardCharsets.UTF_8));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    Set<String> namespaces(PersonId person) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT namespace FROM origin_namespace WHERE person_id = ?")) {
            select.setObject(1, person.value());
            Set<String> namespaces = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    namespaces.add(rows.getString(1));
                }
            }
            return namespaces;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    void addNamespaces(PersonId person, Set<String> namespaces) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO origin_namespace (person_id, namespace) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (String namespace : namespaces) {
                insert.setObject(1, person.value());
                insert.setString(2, namespace);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
