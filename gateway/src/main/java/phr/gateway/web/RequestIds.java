package phr.gateway.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;

/** Gives every request an id and every answer its headers, and writes the access log: no addresses in full, no queries, no bodies. */
@ApplicationScoped
class RequestIds {

    static final String HEADER = "X-Request-Id";

    private static final Logger ACCESS = Logger.getLogger("phr.gateway.access-log");
    private static final int BEFORE_ROUTES = 500;

    /** First segments that exist; anything else might be a mistyped name and is not logged. */
    private static final Set<String> ROOMS = Set.of(
            "fhir",
            "ingest",
            "people",
            "organisations",
            "consents",
            "policies",
            "transfer",
            "audit",
            "ledgers",
            "notices",
            "emergency",
            "disaster-modes",
            "q",
            ".well-known");

    private final Clock clock;

    RequestIds(Clock clock) {
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, BEFORE_ROUTES);
    }

    private void begin(RoutingContext context) {
        String id = accepted(context.request().getHeader(HEADER));
        long start = System.nanoTime();
        HttpServerResponse response = context.response();
        response.putHeader(HEADER, id);
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("X-Frame-Options", "DENY");
        MDC.put("requestId", id);
        context.addEndHandler(end -> log(context.request(), response.getStatusCode(), start));
        context.next();
    }

    private String accepted(@Nullable String incoming) {
        if (incoming != null && incoming.length() == 36) {
            try {
                return UUID.fromString(incoming).toString();
            } catch (IllegalArgumentException e) {
                return Ids.v7(clock).toString();
            }
        }
        return Ids.v7(clock).toString();
    }

    private static void log(HttpServerRequest request, int status, long start) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        ACCESS.infof("%s %s %d %d ms", request.method().name(), room(request.path()), status, millis);
    }

    static String room(@Nullable String path) {
        String[] segments = (path == null ? "" : path).split("/", 3);
        return segments.length > 1 && ROOMS.contains(segments[1]) ? "/" + segments[1] : "/…";
    }
}
