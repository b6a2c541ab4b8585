package phr.deploy.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An HTTP/1.1 request as bytes.
 *
 * @param head request line and headers, with the empty line at their end
 * @param body may be filled anew between two sendings, its length stays
 */
public record Call(byte[] head, byte[] body) {

    private static final byte[] NONE = new byte[0];

    /** @param path with query, percent-encoded */
    public static Call get(String path, Map<String, String> headers) {
        return new Call(head("GET", path, headers, 0), NONE);
    }

    public static Call post(String path, Map<String, String> headers, byte[] body) {
        return new Call(head("POST", path, headers, body.length), body);
    }

    public static Call put(String path, Map<String, String> headers, byte[] body) {
        return new Call(head("PUT", path, headers, body.length), body);
    }

    private static byte[] head(String method, String path, Map<String, String> headers, int length) {
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines
                + (method.equals("GET") ? "" : "Content-Length: " + length + "\r\n") + "\r\n";
        return head.getBytes(StandardCharsets.UTF_8);
    }
}
