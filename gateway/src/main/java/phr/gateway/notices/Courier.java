package phr.gateway.notices;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import phr.gateway.delivery.Backoff;
import phr.gateway.delivery.DeliveryConfig;

/**
 * Delivers one notice at a time. The recipient's row is locked while a notice is under way, so of all nodes one delivers to it
 * and the order holds; the lock dies with the process. A notice whose answer was lost is sent again under the same id.
 */
@Singleton
class Courier {

    private final DataSource database;
    private final SignedPost post;
    private final Clock clock;
    private final DeliveryConfig config;

    Courier(DataSource database, SignedPost post, Clock clock, DeliveryConfig config) {
        this.database = database;
        this.post = post;
        this.clock = clock;
        this.config = config;
    }

    private record Stop(String organisation, String webhook, int failures) {}

    /** @return whether there was something to deliver */
    boolean deliverOne() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<Stop> stop = next(connection);
                if (stop.isPresent()) {
                    deliver(connection, stop.get());
                }
                connection.commit();
                return stop.isPresent();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private void deliver(Connection connection, Stop stop) throws SQLException {
        Optional<Notice> head = NoticeSql.head(connection, stop.organisation());
        if (head.isEmpty()) {
            return;
        }
        boolean received = received(head.get(), stop.webhook());
        Instant now = clock.instant();
        if (received) {
            NoticeSql.acknowledged(connection, head.get().id(), now);
        }
        int failures = received ? 0 : stop.failures() + 1;
        again(connection, stop.organisation(), failures, received ? now : now.plus(Backoff.after(failures, config)));
    }

    private boolean received(Notice notice, String webhook) {
        try {
            int status = post.send(notice, webhook);
            return status >= 200 && status < 300;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<Stop> next(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select c.organisation, o.webhook, c.failures from notice_courier c"
                        + " join organisation o on o.id = c.organisation"
                        + " where o.webhook is not null and c.next_at <= ? and exists (select 1 from recipient_notice n"
                        + " where n.organisation = c.organisation and n.acknowledged_at is null)"
                        + " order by c.next_at limit 1 for update of c skip locked")) {
            select.setObject(1, NoticeSql.utc(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Stop(row.getString(1), row.getString(2), row.getInt(3)))
                        : Optional.empty();
            }
        }
    }

    private static void again(Connection connection, String organisation, int failures, Instant at)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update notice_courier set failures = ?, next_at = ? where organisation = ?")) {
            update.setInt(1, failures);
            update.setObject(2, NoticeSql.utc(at));
            update.setString(3, organisation);
            update.executeUpdate();
        }
    }
}
