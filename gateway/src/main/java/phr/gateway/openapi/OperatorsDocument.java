package phr.gateway.openapi;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The document also stands where operators look for the insides, with their guard before it. */
@ApplicationScoped
class OperatorsDocument {

    void open(@Observes Router router) {
        router.get("/q/openapi").handler(call -> call.reroute("/openapi"));
    }
}
