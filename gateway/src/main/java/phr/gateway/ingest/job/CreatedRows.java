package phr.gateway.ingest.job;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.PersonKeys;

/** Table {@code ingest_created}: what each batch of a job has created, in case somebody wants it deleted. */
@Singleton
public class CreatedRows {

    /** What one batch has created. */
    public record Batch(int number, Created created) {}

    private final DataSource database;
    private final PersonKeys keys;

    CreatedRows(DataSource database, PersonKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** In the transaction that stores the batch. */
    public void insert(Job job, int batch, Created created) {
        if (created.ids().isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into ingest_created (job, batch, person_id, body) values (?, ?, ?, ?)"
                                + " on conflict do nothing")) {
            insert.setObject(1, job.id());
            insert.setInt(2, batch);
            insert.setObject(3, job.person().value());
            insert.setBytes(4, keys.seal(job.person(), context(job.id(), batch), created.bytes()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** The last one, for things are deleted in the reverse of the order in which they came. */
    public Optional<Batch> last(Job job) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select batch, body from ingest_created where job = ? order by batch desc limit 1")) {
            select.setObject(1, job.id());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int batch = row.getInt(1);
                byte[] plain = keys.open(job.person(), context(job.id(), batch), row.getBytes(2));
                return Optional.of(new Batch(batch, Created.parse(plain)));
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    public void remove(Job job, int batch) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from ingest_created where job = ? and batch = ?")) {
            delete.setObject(1, job.id());
            delete.setInt(2, batch);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    static String context(UUID job, int batch) {
        return JobRows.context(job, "created|" + batch);
    }
}
