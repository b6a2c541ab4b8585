package phr.gateway.race;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One of the gateway processes, as clients see it. */
final class Node {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Answer(int status, String body) {

        /** A value of the JSON body, for an answer that is good. */
        String at(String path) {
            if (status >= 300) {
                throw new AssertionError("refused with " + status + ": " + body);
            }
            return JsonPath.from(body).getString(path);
        }
    }

    private final String origin;

    Node(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    /** The first answer that is not "come back later", as each connection to a database that ended gives one. */
    static Answer whenUp(Supplier<Answer> request) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        Answer answer = request.get();
        while (answer.status() == 503) {
            assertTrue(System.nanoTime() < deadline, "answers again in time");
            Thread.sleep(100);
            answer = request.get();
        }
        return answer;
    }

    Answer get(String path, String token, String purpose) {
        return send(request(path, token, purpose).GET());
    }

    Answer post(String path, String token, String type, String body) {
        return post(path, token, type, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, String token, String type, byte[] body) {
        return send(request(path, token, "PATRQT")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A resumable upload of so many bytes; its path. */
    String upload(String person, String token, long length) {
        HttpRequest.Builder request = request("/ingest/" + person + "/uploads", token, "PATRQT")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", Long.toString(length))
                .POST(HttpRequest.BodyPublishers.noBody());
        return sent(request)
                .headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow()
                .getPath();
    }

    /** One part of it. */
    Answer part(String upload, String token, long offset, byte[] part) {
        return send(request(upload, token, "PATRQT")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", Long.toString(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(part)));
    }

    Answer put(String path, String token, String body) {
        return send(request(path, token, "PATRQT")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String token, String purpose) {
        return HttpRequest.newBuilder(URI.create(origin + path))
                .header("Authorization", "Bearer " + token)
                .header("Purpose-Of-Use", purpose);
    }

    /** A stream that ends without the end of its body gave nothing that counts as an answer. */
    private static Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = sent(request);
        return new Answer(response.statusCode(), response.body());
    }

    private static HttpResponse<String> sent(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
