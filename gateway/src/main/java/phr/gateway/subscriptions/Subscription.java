package phr.gateway.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.record.Criteria;

/**
 * A FHIR R4 Subscription.
 *
 * @param person whose record
 * @param subscriber with the scopes and purposes of the moment when it was written
 * @param resource as accepted, without what the server sets
 */
public record Subscription(
        UUID id,
        int version,
        PersonId person,
        Caller subscriber,
        ObjectNode resource,
        Status status,
        Instant updatedAt,
        @Nullable Instant end) {

    /** FHIR {@code subscription-status} as far as it lasts. */
    public enum Status {
        ACTIVE("active"),
        /** The endpoint does not accept; tried again. */
        ERROR("error"),
        OFF("off");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    Status status(Instant now) {
        return end != null && !now.isBefore(end) ? Status.OFF : status;
    }

    public Criteria criteria() {
        return Criteria.parse(resource.path("criteria").textValue());
    }

    public String endpoint() {
        return resource.at("/channel/endpoint").textValue();
    }

    /** Whether it wants the resources, not only to be told. */
    public boolean payload() {
        return resource.path("channel").has("payload");
    }

    /** What the subscriber wants in each request. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode line : resource.at("/channel/header")) {
            String[] parts = line.textValue().split(": ?", 2);
            headers.put(parts[0], parts[1]);
        }
        return headers;
    }
}
