package phr.gateway.subscriptions.outbox;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.gateway.record.Watchers;

/** Writes down what has been stored for those who subscribe to it, in the transaction that stores it. */
@Singleton
class Outbox implements Watchers {

    /** Something waits, once the transaction is committed. */
    record Committed() {}

    private static final String IN_FORCE =
            " from subscription where person_id = ? and status <> 'off' and (ends_at is null or ends_at > ?)";

    private final Event<Committed> committed;
    private final Clock clock;

    Outbox(Event<Committed> committed, Clock clock) {
        this.committed = committed;
        this.clock = clock;
    }

    @Override
    public void stored(Connection connection, PersonId person, Written written) throws SQLException {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        boolean any = false;
        for (String type : awaited(connection, person, now)) {
            List<UUID> ids = written.idsOf().apply(type);
            for (int from = 0; from < ids.size(); from += Waiting.BATCH) {
                List<UUID> batch = ids.subList(from, Math.min(from + Waiting.BATCH, ids.size()));
                write(connection, person, type, batch, now);
                any = true;
            }
        }
        if (any) {
            committed.fire(new Committed());
        }
    }

    private static List<String> awaited(Connection connection, PersonId person, OffsetDateTime now)
            throws SQLException {
        List<String> types = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select distinct type" + IN_FORCE)) {
            select.setObject(1, person.value());
            select.setObject(2, now);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    types.add(row.getString(1));
                }
            }
        }
        return types;
    }

    private static void write(Connection connection, PersonId person, String type, List<UUID> ids, OffsetDateTime now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into subscription_delivery (subscription, ids) select id, ?" + IN_FORCE + " and type = ?")) {
            insert.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            insert.setObject(2, person.value());
            insert.setObject(3, now);
            insert.setString(4, type);
            insert.executeUpdate();
        }
    }
}
