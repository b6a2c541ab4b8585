package phr.gateway.subscriptions.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What comes next for one subscription.
 *
 * @param ids in the order in which they were stored, each once
 * @param upTo number of the last row they come from
 * @param last number of the last row that waits
 */
record Waiting(Set<UUID> ids, long upTo, long last) {

    /** Ids in one row and, with payload, resources in one request. */
    static final int BATCH = 200;

    /** @param most ids, but for what stands in one row */
    static Waiting head(Connection connection, UUID subscription, int most) throws SQLException {
        Set<UUID> ids = new LinkedHashSet<>();
        long upTo = -1;
        try (PreparedStatement select = connection.prepareStatement(
                "select number, ids from subscription_delivery where subscription = ? order by number limit ?")) {
            select.setObject(1, subscription);
            select.setInt(2, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<UUID> more = List.of((UUID[]) row.getArray(2).getArray());
                    if (!ids.isEmpty() && ids.size() + more.size() > most) {
                        break;
                    }
                    ids.addAll(more);
                    upTo = row.getLong(1);
                }
            }
        }
        return new Waiting(ids, upTo, last(connection, subscription));
    }

    private static long last(Connection connection, UUID subscription) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(max(number), -1) from subscription_delivery where subscription = ?")) {
            select.setObject(1, subscription);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    static void remove(Connection connection, UUID subscription, long upTo) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from subscription_delivery where subscription = ? and number <= ?")) {
            delete.setObject(1, subscription);
            delete.setLong(2, upTo);
            delete.executeUpdate();
        }
    }
}
