package phr.gateway.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import phr.fhir.failure.Issue;
import phr.gateway.people.WebhookAddress;

/** What a channel may be: the gateway stands inside the operator's network and calls only where notices may go too. */
final class Channel {

    private static final String AT = "Subscription.channel";
    private static final Set<String> ELEMENTS = Set.of("type", "endpoint", "payload", "header");

    /** Leaves room for {@code /[type]/[id]}. */
    private static final int LONGEST_ENDPOINT = 400;

    private static final int MOST_HEADERS = 5;
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]{1,64}): ?([!-~][ -~]{0,999})");

    private final JsonNode channel;
    private final List<Issue> issues = new ArrayList<>();

    private Channel(JsonNode channel) {
        this.channel = channel;
    }

    static List<Issue> check(JsonNode channel, boolean loopback) {
        Channel checked = new Channel(channel);
        if (channel.isObject()) {
            checked.elements();
            checked.endpoint(loopback);
            checked.headers();
        } else {
            checked.issue("required", "a channel expected", "");
        }
        return checked.issues;
    }

    private void elements() {
        Set<String> names = new TreeSet<>();
        channel.fieldNames().forEachRemaining(names::add);
        names.removeAll(ELEMENTS);
        names.forEach(name -> issue("not-supported", "element not supported", ""));
        if (!channel.path("type").asText().equals("rest-hook")) {
            issue("not-supported", "rest-hook is the only channel here", ".type");
        }
        boolean fhir = channel.path("payload").asText().equals("application/fhir+json");
        if (channel.has("payload") && !fhir) {
            issue("not-supported", "application/fhir+json, or nothing, expected", ".payload");
        }
    }

    private void endpoint(boolean loopback) {
        String endpoint = channel.path("endpoint").asText();
        if (!channel.path("endpoint").isTextual()) {
            issue("required", "a URL expected", ".endpoint");
        } else if (endpoint.length() > LONGEST_ENDPOINT) {
            issue("too-long", "at most " + LONGEST_ENDPOINT + " characters expected", ".endpoint");
        } else {
            WebhookAddress.fault(endpoint, loopback).ifPresent(fault -> issue("business-rule", fault, ".endpoint"));
        }
    }

    private void headers() {
        JsonNode headers = channel.path("header");
        if (!headers.isMissingNode() && (!headers.isArray() || headers.size() > MOST_HEADERS)) {
            issue("structure", "at most " + MOST_HEADERS + " headers expected", ".header");
            return;
        }
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).isTextual() || !allowed(headers.get(i).textValue(), seen)) {
                issue(
                        "business-rule",
                        "Authorization or X-… , once each, with a value of printable ASCII on one line, expected",
                        ".header[" + i + "]");
            }
        }
    }

    /** Nothing by which the request could be framed or aimed otherwise. */
    private static boolean allowed(String line, Set<String> seen) {
        if (!HEADER.matcher(line).matches()) {
            return false;
        }
        String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
        boolean own = name.equals("authorization")
                || name.startsWith("x-") && !name.startsWith("x-forwarded") && !name.startsWith("x-http");
        return own && seen.add(name);
    }

    private void issue(String code, String text, String element) {
        issues.add(Issue.error(code, "SUB-3", text, AT + element));
    }
}
