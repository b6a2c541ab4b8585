package phr.deploy.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the public HTTP API.
 *
 * @param key under which its answer is remembered
 * @param path with query, already percent-encoded
 * @param headers without Authorization
 * @param text JSON to send, null when a file or nothing is sent
 * @param file file to send
 */
record Request(
        String key,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String text,
        @Nullable Path file) {

    static Request get(String key, String path) {
        return new Request(key, "GET", path, Map.of(), null, null);
    }

    static Request post(String key, String path) {
        return new Request(key, "POST", path, Map.of(), null, null);
    }

    static Request put(String key, String path) {
        return new Request(key, "PUT", path, Map.of(), null, null);
    }

    Request json(String body) {
        return new Request(key, method, path, headers, body, file).header("Content-Type", "application/json");
    }

    Request file(String type, Path content) {
        return new Request(key, method, path, headers, text, content).header("Content-Type", type);
    }

    /** Why the caller wants to see it (v3 PurposeOfUse); the person herself says PATRQT. */
    Request purpose(String code) {
        return header("Purpose-Of-Use", code);
    }

    Request header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(key, method, path, more, text, file);
    }

    /** The call as a line for the shell, with $TOKEN in place of the caller's token. */
    String curl(String origin) {
        List<String> parts = new ArrayList<>();
        parts.add("curl " + (method.equals("GET") ? "" : "-X " + method + " ") + "'" + origin + path + "'");
        parts.add("-H \"Authorization: Bearer $TOKEN\"");
        headers.forEach((name, value) -> parts.add("-H '" + name + ": " + value + "'"));
        if (text != null) {
            parts.add("-d '" + text.strip() + "'");
        }
        if (file != null) {
            parts.add("--data-binary @" + file);
        }
        return String.join(" \\\n    ", parts);
    }
}
