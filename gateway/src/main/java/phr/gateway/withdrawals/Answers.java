package phr.gateway.withdrawals;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.gateway.database.DatabaseFailure;

/** Table {@code withdrawal_answer}: what the person has said to a deletion request, once. */
@Singleton
class Answers {

    private final DataSource database;
    private final Clock clock;

    Answers(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Map<UUID, Withdrawal.State> of(PersonId person) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT request, withdrawn FROM withdrawal_answer WHERE person_id = ?")) {
            select.setObject(1, person.value());
            Map<UUID, Withdrawal.State> answers = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    answers.put(
                            row.getObject(1, UUID.class),
                            row.getBoolean(2) ? Withdrawal.State.WITHDRAWN : Withdrawal.State.KEPT);
                }
            }
            return answers;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    void add(PersonId person, UUID request, boolean withdrawn) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO withdrawal_answer (person_id, request, withdrawn, answered_at)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setObject(1, person.value());
            insert.setObject(2, request);
            insert.setBoolean(3, withdrawn);
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
