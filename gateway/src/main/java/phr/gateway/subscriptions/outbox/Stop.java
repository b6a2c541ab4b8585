package phr.gateway.subscriptions.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.gateway.subscriptions.Subscription;
import phr.gateway.subscriptions.SubscriptionRows;

/**
 * A subscription whose turn it is, locked by whoever asked.
 *
 * @param refused the last decision
 */
record Stop(UUID subscription, int failures, @Nullable Instant failingSince, boolean refused) {

    /** Of those with something to deliver, the one that has waited longest; the lock dies with the process. */
    static Optional<Stop> next(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select c.subscription, c.failures, c.failing_since, c.refused from subscription_courier c"
                        + " where c.next_at <= ? and exists (select 1 from subscription_delivery d"
                        + " where d.subscription = c.subscription) order by c.next_at limit 1 for update skip locked")) {
            select.setObject(1, utc(now));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                OffsetDateTime since = row.getObject(3, OffsetDateTime.class);
                return Optional.of(new Stop(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        since == null ? null : since.toInstant(),
                        row.getBoolean(4)));
            }
        }
    }

    Subscription subscription(Connection connection, SubscriptionRows rows) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + SubscriptionRows.COLUMNS + " from subscription s where s.id = ?")) {
            select.setObject(1, subscription);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return rows.read(row);
            }
        }
    }

    /** When to come again, after a delivery or a refusal. */
    void done(Connection connection, boolean refusedNow, Instant at) throws SQLException {
        again(connection, 0, null, refusedNow, at);
        status(connection, "active", "error");
    }

    /** When to come again, after a failure. */
    void failed(Connection connection, Instant now, Instant at) throws SQLException {
        again(connection, failures + 1, failingSince == null ? now : failingSince, refused, at);
        status(connection, "error", "active");
    }

    /** Nothing is written down for it any more. */
    void off(Connection connection) throws SQLException {
        status(connection, "off", "active");
        status(connection, "off", "error");
        Waiting.remove(connection, subscription, Long.MAX_VALUE);
    }

    private void again(Connection connection, int failing, @Nullable Instant since, boolean refusedNow, Instant at)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update subscription_courier set failures = ?,"
                + " failing_since = ?, refused = ?, next_at = ? where subscription = ?")) {
            update.setInt(1, failing);
            update.setObject(2, since == null ? null : utc(since));
            update.setBoolean(3, refusedNow);
            update.setObject(4, utc(at));
            update.setObject(5, subscription);
            update.executeUpdate();
        }
    }

    /** What its owner has switched off stays off. */
    private void status(Connection connection, String to, String from) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update subscription set status = ? where id = ? and status = ?")) {
            update.setString(1, to);
            update.setObject(2, subscription);
            update.setString(3, from);
            update.executeUpdate();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
