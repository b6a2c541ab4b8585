package phr.gateway.race;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;

/** Takes notices and notifications; while it is moody it answers late, or refuses, or lets the connection fall. */
final class Recipient implements AutoCloseable {

    private static final int SLOWEST_MILLIS = 400;

    private final HttpServer server;
    private final SplittableRandom random;
    private final List<JsonPath> notices = new ArrayList<>();
    private final Set<String> observations = new ConcurrentSkipListSet<>();
    private volatile boolean moody = true;

    Recipient(SplittableRandom random) throws IOException {
        this.random = random;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/notices", this::notice);
        server.createContext("/fhir", this::notification);
        server.start();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void calmsDown() {
        moody = false;
    }

    /** In the order of their arrival, with repetitions. */
    List<JsonPath> notices() {
        synchronized (notices) {
            return List.copyOf(notices);
        }
    }

    /** Ids of all that came by subscription. */
    Set<String> observations() {
        return observations;
    }

    private void notice(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (notices) {
            notices.add(JsonPath.from(body));
        }
        answer(exchange);
    }

    private void notification(HttpExchange exchange) throws IOException {
        JsonPath body = JsonPath.from(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (exchange.getRequestMethod().equals("PUT")) {
            observations.add(body.getString("id"));
        } else {
            observations.addAll(body.getList("entry.resource.id", String.class));
        }
        answer(exchange);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int mood = moody ? mood() : 0;
        if (mood < 2) {
            exchange.sendResponseHeaders(mood == 0 ? 204 : 503, -1);
        }
        exchange.close();
    }

    private synchronized int mood() {
        try {
            Thread.sleep(random.nextInt(SLOWEST_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int dice = random.nextInt(10);
        return dice < 7 ? 0 : dice < 9 ? 1 : 2;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
