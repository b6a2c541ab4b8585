package phr.gateway.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.gateway.record.Criteria;

/** Reads a Subscription that a client writes: all that is wrong with it at once, and nothing ignored. */
final class SubscriptionReader {

    /** What the server sets may stand there and says nothing. */
    private static final Set<String> SERVERS = Set.of("id", "meta", "error");

    private static final List<String> KEPT =
            List.of("resourceType", "language", "contact", "end", "reason", "criteria", "channel");
    private static final Set<String> STATUSES = Set.of("requested", "active", "off");
    private static final int LONGEST = 16 * 1024;

    private final JsonNode resource;
    private final boolean loopback;
    private final List<Issue> issues = new ArrayList<>();

    private SubscriptionReader(JsonNode resource, boolean loopback) {
        this.resource = resource;
        this.loopback = loopback;
    }

    /**
     * @param end null = none
     * @param resource what is kept of it
     */
    record Read(boolean off, @Nullable Instant end, Criteria criteria, ObjectNode resource) {}

    /**
     * @param loopback whether the endpoint may be on this machine
     * @throws FailureException INVALID, each issue located by FHIRPath; MALFORMED for something else than a Subscription
     */
    static Read read(JsonNode resource, boolean loopback, Instant now) {
        if (!resource.path("resourceType").asText().equals("Subscription")) {
            throw Failure.of(Category.MALFORMED, "SUB-2", "a Subscription is expected", "resourceType")
                    .exception();
        }
        return new SubscriptionReader(resource, loopback).read(now);
    }

    private Read read(Instant now) {
        Set<String> names = new TreeSet<>();
        resource.fieldNames().forEachRemaining(names::add);
        names.removeAll(SERVERS);
        names.removeAll(KEPT);
        names.remove("status");
        names.forEach(name -> issue("not-supported", "element not supported", "Subscription"));
        if (!STATUSES.contains(resource.path("status").asText())) {
            issue("code-invalid", "requested, active or off expected", "Subscription.status");
        }
        String reason = resource.path("reason").asText();
        if (!resource.path("reason").isTextual() || reason.isBlank()) {
            issue("required", "text expected", "Subscription.reason");
        }
        if (resource.toString().length() > LONGEST) {
            issue("too-long", "at most " + LONGEST + " characters are kept", "Subscription");
        }
        contacts();
        issues.addAll(Channel.check(resource.path("channel"), loopback));
        Instant end = end(now);
        Criteria criteria = criteria();
        if (criteria == null || !issues.isEmpty()) {
            throw new Failure(Category.INVALID, issues).exception();
        }
        return new Read(resource.path("status").asText().equals("off"), end, criteria, kept());
    }

    private @Nullable Criteria criteria() {
        if (!resource.path("criteria").isTextual()) {
            issue("required", "text expected", "Subscription.criteria");
            return null;
        }
        try {
            return Criteria.parse(resource.path("criteria").textValue());
        } catch (FailureException e) {
            issues.addAll(e.failure().issues());
            return null;
        }
    }

    private @Nullable Instant end(Instant now) {
        if (!resource.has("end")) {
            return null;
        }
        try {
            Instant end = OffsetDateTime.parse(resource.path("end").asText()).toInstant();
            if (!end.isAfter(now)) {
                issue("business-rule", "must lie in the future", "Subscription.end");
            }
            return end;
        } catch (DateTimeParseException e) {
            issue("value", "an instant expected", "Subscription.end");
            return null;
        }
    }

    private void contacts() {
        JsonNode contacts = resource.path("contact");
        if (!contacts.isMissingNode() && !contacts.isArray()) {
            issue("structure", "an array expected", "Subscription.contact");
        }
        for (JsonNode contact : contacts) {
            if (!contact.isObject()) {
                issue("structure", "a ContactPoint expected", "Subscription.contact");
            }
        }
    }

    private void issue(String code, String text, String expression) {
        issues.add(Issue.error(code, "SUB-2", text, expression));
    }

    private ObjectNode kept() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        KEPT.stream().filter(resource::has).forEach(name -> kept.set(name, resource.get(name)));
        return kept;
    }
}
