package phr.deploy.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Where the journey happens: who calls whom, what was answered, and what later steps need to know. */
final class Scene {

    private final Installation installation;
    private final Function<Visitor, String> login;
    private final Narrator narrator;
    private final Answers answers;
    private final Map<String, String> known = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Scene(Installation installation, Function<Visitor, String> login, Narrator narrator, Answers answers) {
        this.installation = installation;
        this.login = login;
        this.narrator = narrator;
        this.answers = answers;
    }

    Provider a() {
        return installation.a();
    }

    Provider b() {
        return installation.b();
    }

    Path file(String name) {
        return installation.directory().resolve("files").resolve(name);
    }

    void say(String line) {
        narrator.say(line);
    }

    /** Sends the request, shows both, remembers the answer. */
    Answer call(Visitor visitor, Provider provider, Request request) {
        Answer answer = send(visitor, provider, request);
        narrator.show(request, provider.origin(), answer);
        answers.put(request.key(), answer.document());
        return answer;
    }

    /** Sends without showing; for looking closer at what was shown already. */
    Answer send(Visitor visitor, Provider provider, Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(provider.origin() + request.path()))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + login.apply(visitor))
                .method(request.method(), body(request));
        request.headers().forEach(builder::header);
        long begin = System.nanoTime();
        try {
            HttpResponse<byte[]> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            return Answer.of(response, (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException e) {
            throw new JourneyException(provider.name() + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JourneyException("interrupted");
        }
    }

    /** Remembers something that was found out from several answers. */
    void conclude(String key, ObjectNode document) {
        answers.put(key, document);
    }

    Answers answers() {
        return answers;
    }

    void remember(String name, String value) {
        known.put(name, value);
    }

    /** An id that an earlier step learnt. */
    String id(String name) {
        String value = known.get(name);
        if (value == null) {
            throw new JourneyException("an earlier step did not learn the id of " + name);
        }
        return value;
    }

    private static HttpRequest.BodyPublisher body(Request request) {
        if (request.text() != null) {
            return HttpRequest.BodyPublishers.ofString(request.text());
        }
        if (request.file() == null) {
            return HttpRequest.BodyPublishers.noBody();
        }
        try {
            return HttpRequest.BodyPublishers.ofFile(request.file());
        } catch (FileNotFoundException e) {
            throw new JourneyException("the file to send is missing: " + request.file());
        }
    }
}
