package phr.gateway.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Operations are called {@code $name}; clients that percent-encode the dollar mean the same address. */
@ApplicationScoped
class OperationAddresses {

    private static final int BEFORE_EVERYTHING = 600;
    private static final String ENCODED = "/%24";

    void register(@Observes Filters filters) {
        filters.register(OperationAddresses::decode, BEFORE_EVERYTHING);
    }

    private static void decode(RoutingContext context) {
        String path = context.request().path();
        if (path == null || !path.contains(ENCODED)) {
            context.next();
            return;
        }
        String query = context.request().query();
        context.reroute(path.replace(ENCODED, "/$") + (query == null ? "" : "?" + query));
    }
}
