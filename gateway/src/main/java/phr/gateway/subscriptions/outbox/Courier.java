package phr.gateway.subscriptions.outbox;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import phr.consent.Action;
import phr.consent.StalePermitException;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.gateway.access.Ask;
import phr.gateway.access.Delivery;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;
import phr.gateway.delivery.Backoff;
import phr.gateway.delivery.DeliveryConfig;
import phr.gateway.delivery.SignedRequests;
import phr.gateway.subscriptions.Subscription;
import phr.gateway.subscriptions.SubscriptionRows;
import phr.gateway.subscriptions.SubscriptionsConfig;

/**
 * Delivers to one subscription at a time, what waits longest first. What is delivered is decided and read now; what may not be
 * delivered now is dropped. An answer that was lost is asked for again with the same resources.
 */
@Singleton
class Courier {

    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final String TYPE = "phr-notification+jws";

    /** Ids looked at for one notification without payload. */
    private static final int LOOKED_AT = 5 * Waiting.BATCH;

    private final DataSource database;
    private final SubscriptionRows rows;
    private final RecordAccess access;
    private final Notifications notifications;
    private final SignedRequests requests;
    private final DeliveryConfig config;
    private final SubscriptionsConfig limits;
    private final Clock clock;

    Courier(
            DataSource database,
            SubscriptionRows rows,
            RecordAccess access,
            Notifications notifications,
            SignedRequests requests,
            DeliveryConfig config,
            SubscriptionsConfig limits,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.access = access;
        this.notifications = notifications;
        this.requests = requests;
        this.config = config;
        this.limits = limits;
        this.clock = clock;
    }

    /** @return whether there was something to deliver */
    @ActivateRequestContext
    boolean deliverOne() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<Stop> stop = Stop.next(connection, clock.instant());
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

    /** What cannot be prepared must not keep others waiting. */
    private void deliver(Connection connection, Stop stop) throws SQLException {
        try {
            decided(connection, stop);
        } catch (FailureException e) {
            if (e.failure().category() == Category.NOT_FOUND) {
                stop.off(connection);
            } else {
                failed(connection, stop);
            }
        } catch (RuntimeException e) {
            LOG.warnf("a notification cannot be made now: %s", e.getClass().getSimpleName());
            failed(connection, stop);
        }
    }

    private void decided(Connection connection, Stop stop) throws SQLException {
        Subscription subscription = stop.subscription(connection, rows);
        if (subscription.status() == Subscription.Status.OFF) {
            stop.off(connection);
            return;
        }
        Waiting waiting =
                Waiting.head(connection, subscription.id(), subscription.payload() ? Waiting.BATCH : LOOKED_AT);
        Delivery<Notification> delivery = access.deliver(
                subscription.subscriber(),
                ask(subscription),
                stop.refused(),
                (permit, tally) -> notifications.of(subscription, waiting.ids(), permit, tally));
        if (delivery.found().isPresent()) {
            send(connection, stop, subscription, waiting, delivery.found().get());
        } else {
            Waiting.remove(connection, subscription.id(), delivery.permitted() ? waiting.upTo() : waiting.last());
            stop.done(connection, !delivery.permitted(), clock.instant());
        }
    }

    private static Ask ask(Subscription subscription) {
        String type = subscription.criteria().type();
        String patient = subscription.criteria().patient();
        return Ask.ofPatient(patient, Action.SUBSCRIBE, Interaction.SEARCH, "notify " + type, type);
    }

    /** The entry in the access log took a moment: consents are asked once more right before anything leaves. */
    private void send(
            Connection connection, Stop stop, Subscription subscription, Waiting waiting, Notification notification)
            throws SQLException {
        try {
            access.confirm(notification.permit());
        } catch (StalePermitException e) {
            notification.tally().broken();
            stop.done(connection, false, clock.instant());
            return;
        }
        if (requests.received(notification.request(), TYPE)) {
            notification.tally().complete();
            Waiting.remove(connection, stop.subscription(), subscription.payload() ? waiting.upTo() : waiting.last());
            stop.done(connection, false, clock.instant());
        } else {
            notification.tally().broken();
            failed(connection, stop);
        }
    }

    private void failed(Connection connection, Stop stop) throws SQLException {
        Instant now = clock.instant();
        Instant since = stop.failingSince();
        if (since != null && since.plus(limits.giveUp()).isBefore(now)) {
            stop.off(connection);
        } else {
            stop.failed(connection, now, now.plus(Backoff.after(stop.failures() + 1, config)));
        }
    }
}
