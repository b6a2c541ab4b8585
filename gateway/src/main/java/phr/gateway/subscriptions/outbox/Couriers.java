package phr.gateway.subscriptions.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import phr.gateway.delivery.CourierThreads;
import phr.gateway.delivery.DeliveryConfig;

/** The threads that deliver to subscribers. */
@ApplicationScoped
class Couriers {

    private final CourierThreads threads;

    Couriers(Courier courier, DeliveryConfig config) {
        this.threads = new CourierThreads("notifications", config, courier::deliverOne);
    }

    void start(@Observes StartupEvent event) {
        threads.start();
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Committed written) {
        threads.wake();
    }

    void stop(@Observes ShutdownEvent event) {
        threads.stop();
    }
}
