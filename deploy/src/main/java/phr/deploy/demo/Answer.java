package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the gateway answered. */
record Answer(int status, Map<String, String> headers, byte[] body, long milliseconds) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(500, "Internal Server Error"));

    static Answer of(HttpResponse<byte[]> response, long milliseconds) {
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Answer(response.statusCode(), headers, response.body(), milliseconds);
    }

    String reason() {
        return REASONS.getOrDefault(status, "");
    }

    /** The body; missing when there is none or it is no JSON. */
    JsonNode json() {
        if (!headers.getOrDefault("content-type", "").contains("json")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** A string in the body, for the next call. */
    String text(String pointer) {
        JsonNode node = json().at(pointer);
        if (!node.isTextual()) {
            throw new JourneyException("The answer " + status + " has no " + pointer + ": " + shortened());
        }
        return node.asText();
    }

    String shortened() {
        JsonNode json = json();
        if (json.isMissingNode()) {
            String name = headers.getOrDefault("content-disposition", "");
            return body.length == 0 ? "" : "  " + body.length + " bytes " + name;
        }
        return Shortened.of(json);
    }

    /** Status, headers and body as one document, for expectations. */
    ObjectNode document() {
        ObjectNode document = JSON.createObjectNode();
        document.put("status", status);
        ObjectNode names = document.putObject("headers");
        headers.forEach(names::put);
        JsonNode json = json();
        if (!json.isMissingNode()) {
            document.set("body", json);
        }
        return document;
    }
}
