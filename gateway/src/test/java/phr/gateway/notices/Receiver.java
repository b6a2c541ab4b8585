package phr.gateway.notices;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import phr.gateway.delivery.SignedRequests;

/** A recipient's endpoint on this machine. */
final class Receiver implements AutoCloseable {

    record Delivery(byte[] body, String signature, int answered) {}

    private final HttpServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile IntUnaryOperator answer = call -> 204;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::take);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Status by number of the call, from 1 for the next; 0 answers nothing at all. */
    void answers(IntUnaryOperator status) {
        calls.set(0);
        answer = status;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = answer.applyAsInt(calls.incrementAndGet());
        String signature = Objects.requireNonNull(exchange.getRequestHeaders().getFirst(SignedRequests.SIGNATURE));
        deliveries.add(new Delivery(body, signature, status));
        if (status == 0) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
