package phr.gateway.subscriptions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Subscriptions as their owners read them. */
@Singleton
class SubscriptionJson {

    private static final String FAILING = "the endpoint does not accept notifications; it is tried again";

    private final String base;
    private final Clock clock;

    SubscriptionJson(@ConfigProperty(name = "phr.provider.base-url") String base, Clock clock) {
        this.base = base;
        this.clock = clock;
    }

    ObjectNode of(Subscription subscription) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("resourceType", "Subscription").put("id", subscription.id().toString());
        json.putObject("meta")
                .put("versionId", Integer.toString(subscription.version()))
                .put("lastUpdated", subscription.updatedAt().toString());
        Subscription.Status status = subscription.status(clock.instant());
        json.put("status", status.code());
        if (status == Subscription.Status.ERROR) {
            json.put("error", FAILING);
        }
        json.setAll(subscription.resource().deepCopy());
        return json;
    }

    ObjectNode bundle(List<Subscription> all, int count) {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode().put("resourceType", "Bundle");
        bundle.put("type", "searchset").put("total", all.size());
        if (!all.isEmpty() && count > 0) {
            ArrayNode entries = bundle.putArray("entry");
            all.stream().limit(count).forEach(subscription -> {
                ObjectNode entry = entries.addObject().put("fullUrl", address(subscription));
                entry.set("resource", of(subscription));
                entry.putObject("search").put("mode", "match");
            });
        }
        return bundle;
    }

    String address(Subscription subscription) {
        return base + "/Subscription/" + subscription.id();
    }
}
